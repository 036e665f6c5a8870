import { isArray, isObject, type JsonObject, type JsonValue } from '../../kubernetes/json.ts'
import { type FieldType, readType, typeOfField } from '../../kubernetes/openapi/schemas.ts'
import { formatStep } from '../../kubernetes/pointer.ts'
import { isVariable } from '../../kubernetes/variable.ts'
import type { CheckFinding } from '../check.ts'
import { judgeEnum } from './enum.ts'
import { isPresent, missingField, surelyMeant, unknownField } from './fields.ts'
import { fieldOfAnotherVersion, valueOfAnotherVersion } from './history.ts'
import type { Judgement, Place, Surrounding } from './place.ts'
import { judgeScalar, wrongType } from './scalar.ts'

/** How many mistakes of one object are told: whoever has more has written something else. */
export const mostFindings = 50

/**
 * Judges a value by a type in the notation of the schemas, and everything in it; what is wrong goes to the findings, in
 * the order of the document. Definitions do not contain themselves, so the depth is bounded by them.
 */
export function judgeValue(value: JsonValue, notation: string, place: Place, judgement: Judgement): void {
  if (value === null || judgement.findings.length >= mostFindings || isVariable(value)) return
  const wrong = judgeInside(value, judgement.schemas.typeOf(notation), place, judgement)
  if (wrong !== undefined) judgement.findings.push(wrong)
}

/** Judges a value that is stated: what is wrong with it as a whole, or else with what is in it. */
function judgeInside(
  value: JsonValue,
  wanted: FieldType,
  place: Place,
  judgement: Judgement,
): CheckFinding | undefined {
  switch (wanted.form) {
    case 'scalar':
      return judgeScalar(value, wanted.scalar, place)
    case 'enum':
      return judgeChoice(value, wanted.values, place, judgement)
    case 'list':
      if (!isArray(value)) return notAList(value, wanted.items, place)
      return judgeItems(value, wanted.items, place, judgement)
    case 'map':
      if (!isObject(value)) return wrongType(value, 'object', withoutText(place))
      return judgeMembers(value, wanted.values, place, judgement)
    case 'object':
      if (!isObject(value)) return wrongType(value, 'object', withoutText(place))
      return judgeFields(value, wanted.name, place, judgement)
    default:
      return wanted satisfies never
  }
}

function judgeChoice(
  value: JsonValue,
  values: readonly string[],
  place: Place,
  { schemas }: Judgement,
): CheckFinding | undefined {
  const wrong = judgeEnum(value, values, place)
  return wrong === undefined ? undefined : (valueOfAnotherVersion(value, place, schemas) ?? wrong)
}

// A text where a whole object belongs can be anything, a secret too.
function withoutText(place: Place): Place {
  return place.privacy === 'shown' ? { ...place, privacy: 'hidden' } : place
}

function notAList(value: JsonValue, items: string, place: Place): CheckFinding {
  const type = readType(items)
  // One of the texts that the list may hold gives nothing away.
  return type.form === 'enum' && typeof value === 'string' && type.values.includes(value)
    ? { ...wrongType(value, 'list', place), remedy: `write {{field}} as a list: ["${value}"]` }
    : { ...wrongType(value, 'list', withoutText(place)), remedy: 'write {{field}} as a list, each item after a hyphen' }
}

function judgeItems(items: readonly JsonValue[], notation: string, place: Place, judgement: Judgement): undefined {
  for (const [index, item] of items.entries()) {
    if (judgement.findings.length >= mostFindings) return
    judgeValue(item, notation, { ...place, path: place.path + formatStep(index) }, judgement)
  }
}

function judgeMembers(members: JsonObject, notation: string, place: Place, judgement: Judgement): undefined {
  for (const [name, value] of Object.entries(members)) {
    if (judgement.findings.length >= mostFindings) return
    judgeValue(value ?? null, notation, { ...place, path: place.path + formatStep(name) }, judgement)
  }
}

function judgeFields(
  object: JsonObject,
  name: string,
  { path, parent, privacy }: Place,
  judgement: Judgement,
): undefined {
  const { schemas, findings } = judgement
  const fields = schemas.fieldsOf(name)
  const surrounding: Surrounding = { name, fields, path, object, parent }
  const taken = new Set<string>()
  for (const [field, value = null] of Object.entries(object)) {
    if (findings.length >= mostFindings) return
    const type = typeOfField(fields, field)
    const place: Place = {
      path: path + formatStep(field),
      parent: surrounding,
      privacy: privacyOf(name, field, privacy),
    }
    if (type !== undefined) judgeValue(value, type, place, judgement)
    else judgeUnknown(field, value, { surrounding, taken }, judgement)
  }
  for (const field of schemas.requiredOf(name)) {
    if (findings.length >= mostFindings) return
    if (!isPresent(object[field]) && !taken.has(field)) findings.push(missingField(field, surrounding))
  }
}

/** Reports an unknown field. The one that it was surely meant to be is taken then, and not missing as well. */
function judgeUnknown(
  name: string,
  value: JsonValue,
  { surrounding, taken }: { readonly surrounding: Surrounding; readonly taken: Set<string> },
  { schemas, findings }: Judgement,
): void {
  const change = fieldOfAnotherVersion(name, surrounding, schemas)
  if (change !== undefined) {
    findings.push(change)
    return
  }
  const finding = unknownField(name, surrounding, schemas)
  const meant = surelyMeant(name, surrounding)
  const type = meant === undefined ? undefined : typeOfField(surrounding.fields, meant)
  if (meant === undefined || type === undefined) {
    findings.push(finding)
    return
  }
  const canRename = !taken.has(meant) && isOf(type, value, surrounding, { schemas, findings: [] })
  taken.add(meant)
  findings.push(canRename ? { ...finding, remedy: `rename it to "${meant}"`, rename: meant } : finding)
}

function isOf(type: string, value: JsonValue, surrounding: Surrounding, trial: Judgement): boolean {
  const isSecret = rootOf(surrounding).name === 'Secret'
  judgeValue(value, type, { path: '', parent: surrounding, privacy: 'secret' }, trial)
  // A renaming moves the value into the patch, where everybody can read it.
  return trial.findings.length === 0 && !isSecret
}

function rootOf(surrounding: Surrounding): Surrounding {
  let root = surrounding
  while (root.parent !== undefined) root = root.parent
  return root
}

function privacyOf(owner: string, field: string, inherited: Place['privacy']): Place['privacy'] {
  if (owner === 'Secret' && (field === 'data' || field === 'stringData')) return 'secret'
  if (owner === 'ConfigMap' && (field === 'data' || field === 'binaryData')) return 'hidden'
  // An environment variable and a driver's parameters are where credentials end up.
  if ((owner === 'EnvVar' && field === 'value') || field === 'parameters') return 'hidden'
  return inherited
}
