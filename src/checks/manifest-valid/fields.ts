import { notShown } from '../../admission/text.ts'
import { isArray, isObject, type JsonValue, member } from '../../kubernetes/json.ts'
import { type Fields, readType, type Schemas, typeOfField } from '../../kubernetes/openapi/schemas.ts'
import { fieldPath, formatStep, type Pointer } from '../../kubernetes/pointer.ts'
import { isSurely, nearest } from '../../kubernetes/suggest.ts'
import type { CheckFinding } from '../check.ts'
import type { Surrounding } from './place.ts'

const mostListed = 20

// Objects whose texts are anybody's, a password too: `vaule: …`.
const freeTexts: ReadonlySet<string> = new Set(['EnvVar', 'HTTPHeader'])

/** A field that the object has not, with the one that was meant or the place where it belongs. */
export function unknownField(name: string, surrounding: Surrounding, schemas: Schemas): CheckFinding {
  const path = surrounding.path + formatStep(name)
  const hidden = mayHoldCredentials(name, surrounding) ? { actual: notShown } : {}
  const problem = `{{field}} is no field of ${surrounding.name}`
  const near = nearest(name, Object.keys(surrounding.fields))
  const home = near !== undefined && isSurely(name, near) ? undefined : homeOf(name, surrounding, schemas)
  if (home !== undefined) {
    const place = home === '' ? 'at the top of the object' : `in ${fieldPath(home)}`
    return {
      path,
      ...hidden,
      problem: `${problem}; it belongs ${place}`,
      remedy: `move it to ${fieldPath(home + formatStep(name))}`,
    }
  }
  if (near === undefined)
    return { path, ...hidden, problem, remedy: `remove it; ${surrounding.name} has ${listing(surrounding.fields)}` }
  const isTaken = isPresent(member(surrounding.object, near))
  const remedy = isTaken ? `remove it, for "${near}" is there already` : `rename it to "${near}", or remove it`
  return { path, ...hidden, problem: `${problem}; did you mean "${near}"?`, remedy }
}

/** Whether a field that nobody knows could hold a credential: `dat: {DB_PASSWORD: …}`, `paramters: {restuserkey: …}`. */
function mayHoldCredentials(name: string, { name: owner, object }: Surrounding): boolean {
  const value = member(object, name)
  return freeTexts.has(owner) || isObject(value) || isArray(value)
}

/** The field that a misspelt one can only have meant; undefined where that is a guess, or where it is there already. */
export function surelyMeant(name: string, { fields, object }: Surrounding): string | undefined {
  const near = nearest(name, Object.keys(fields))
  return near !== undefined && isSurely(name, near) && !isPresent(member(object, near)) ? near : undefined
}

/** A required field that is absent. */
export function missingField(name: string, { name: owner, path }: Surrounding): CheckFinding {
  return { path: path + formatStep(name), problem: `{{field}} is missing; ${owner} needs it`, remedy: 'add {{field}}' }
}

/** Where a field belongs that stands in a wrong object: one of those around it, or the only one in it that has such a field. */
function homeOf(name: string, surrounding: Surrounding, schemas: Schemas): Pointer | undefined {
  for (let outer = surrounding.parent; outer !== undefined; outer = outer.parent) {
    if (typeOfField(outer.fields, name) !== undefined) return outer.path
  }
  const inner = Object.keys(surrounding.fields).filter((field) => {
    const type = readType(surrounding.fields[field] ?? 'any')
    return type.form === 'object' && typeOfField(schemas.fieldsOf(type.name), name) !== undefined
  })
  const present = inner.filter((field) => isObject(member(surrounding.object, field)))
  const [only, ...others] = inner.length === 1 ? inner : present
  return only === undefined || others.length > 0 ? undefined : surrounding.path + formatStep(only)
}

function listing(fields: Fields): string {
  const names = Object.keys(fields)
  const more = names.length > mostListed ? ', …' : ''
  return names.slice(0, mostListed).join(', ') + more
}

/** Whether a field is stated: null counts as absent, as it does for the API server. */
export function isPresent(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null
}
