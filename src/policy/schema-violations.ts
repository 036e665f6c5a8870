import type { ErrorObject } from 'ajv'
import { isArray, isObject, type JsonValue } from '../kubernetes/json.ts'
import { formatPointer, type Pointer, resolve } from '../kubernetes/pointer.ts'
import { didYouMean } from '../kubernetes/suggest.ts'
import { quotable } from './quotable.ts'

/** One place where a value breaks a JSON Schema, in words. */
export interface SchemaViolation {
  readonly path: Pointer
  readonly actual: JsonValue | undefined
  readonly expected: JsonValue | undefined
  /** What is wrong there, to follow the field: `is "Immediate"; it must be "WaitForFirstConsumer"`. */
  readonly problem: string
}

/**
 * ajv's errors (compiled with allErrors and verbose) as violations: one a place, in ajv's order, without the errors of
 * branches of an anyOf, oneOf or if that only explain why the whole did not fit.
 */
export function schemaViolations(errors: readonly ErrorObject[], value: JsonValue): readonly SchemaViolation[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  const byPath = new Map<Pointer, SchemaViolation>()
  for (const error of errors) {
    // Within propertyNames an error is about a name, which has no place of its own: propertyNames' own error gives it one.
    if (error.keyword === 'if' || error.propertyName !== undefined) continue
    if (choices.some((choice) => explains(error, choice))) continue
    const violation = toViolation(error, value)
    if (!byPath.has(violation.path)) byPath.set(violation.path, violation)
  }
  return [...byPath.values()]
}

/** Whether an error only says why one branch of a choice did not fit. */
function explains(error: ErrorObject, choice: ErrorObject): boolean {
  if (error === choice || !isAtOrBelow(error.instancePath, choice.instancePath)) return false
  // The errors of a branch that is a reference carry the path of the definition instead of the choice's.
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) || hasReferences(choice)
}

function isAtOrBelow(path: Pointer, ancestor: Pointer): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`)
}

function hasReferences(choice: ErrorObject): boolean {
  return (
    Array.isArray(choice.schema) && choice.schema.some((branch) => isObject(branch) && branch['$ref'] !== undefined)
  )
}

function toViolation(error: ErrorObject, value: JsonValue): SchemaViolation {
  const path = pathOf(error)
  const actual = resolve(value, path)
  return { path, actual, ...explain(error, actual) }
}

function pathOf({ keyword, instancePath, params }: ErrorObject): Pointer {
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return instancePath + formatPointer(String(params['missingProperty']))
    case 'additionalProperties':
      return instancePath + formatPointer(String(params['additionalProperty']))
    case 'unevaluatedProperties':
      return instancePath + formatPointer(String(params['unevaluatedProperty']))
    case 'propertyNames':
      return instancePath + formatPointer(String(params['propertyName']))
    default:
      return instancePath
  }
}

type Explanation = Pick<SchemaViolation, 'expected' | 'problem'>

function explain(error: ErrorObject, actual: JsonValue | undefined): Explanation {
  const { keyword, params } = error
  switch (keyword) {
    case 'required':
      return { expected: undefined, problem: 'is missing' }
    case 'const':
      return oneOf([params['allowedValue']], actual)
    case 'enum':
      return oneOf(params['allowedValues'], actual)
    case 'type':
      return {
        expected: undefined,
        problem: `is ${describe(actual)}; it must be of type ${[params['type']].flat().join(' or ')}`,
      }
    case 'additionalProperties':
      return { expected: undefined, problem: unknownProperty(error) }
    case 'propertyNames':
      return { expected: undefined, problem: 'is a name that is not allowed here' }
    case 'anyOf':
    case 'oneOf':
      return { expected: undefined, problem: `fits none of the forms allowed${formsOf(error.schema)}` }
    case 'not':
      return { expected: undefined, problem: `is ${describe(actual)}, which is not allowed` }
    case 'pattern':
      return { expected: undefined, problem: `is ${describe(actual)}; it must match ${String(params['pattern'])}` }
    default:
      return { expected: undefined, problem: `is ${describe(actual)}; it ${error.message ?? 'is not valid'}` }
  }
}

function oneOf(allowed: unknown, actual: JsonValue | undefined): Explanation {
  const values = isJsonArray(allowed) ? allowed : []
  const [only] = values
  return values.length === 1
    ? { expected: only, problem: `is ${describe(actual)}; it must be ${describe(only)}` }
    : { expected: values, problem: `is ${describe(actual)}; allowed are ${values.map(describe).join(', ')}` }
}

function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function unknownProperty({ params, parentSchema }: ErrorObject): string {
  const known = Object.keys(
    isObject(parentSchema) && isObject(parentSchema['properties']) ? parentSchema['properties'] : {},
  )
  return `is not known here; ${didYouMean(String(params['additionalProperty']), known) ?? `known are ${known.join(', ')}`}`
}

function formsOf(schema: unknown): string {
  if (!Array.isArray(schema)) return ''
  const forms = schema.map((branch) =>
    isObject(branch) && isArray(branch['required']) ? branch['required'].map(String).join(' with ') : '',
  )
  return forms.includes('') ? '' : `: it needs ${forms.join(', or ')}`
}

const shownLength = 80

/** A value as a message shows it: JSON, at most 80 characters, of an object no texts; an absent one is `not set`. */
export function describe(value: JsonValue | undefined): string {
  if (value === undefined) return 'not set'
  const text = JSON.stringify(quotable(value))
  return text.length <= shownLength ? text : `${text.slice(0, shownLength - 1)}…`
}
