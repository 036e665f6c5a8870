import { isArray, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { formatPointer, type Pointer } from '../kubernetes/pointer.ts'
import { compileSchema } from './schema.ts'
import { schemaViolations } from './schema-violations.ts'

/** Reads a policy's parameters: defaults with what the operator set on top. */
export interface ParameterReader {
  /**
   * The parameters in force.
   * @param given parameters from holdfast.json, the more general first; the later ones count.
   */
  merge(given: readonly (JsonObject | undefined)[]): JsonObject
  /** What is wrong with given parameters: places relative to them. */
  problems(given: JsonObject): readonly { readonly path: Pointer; readonly problem: string }[]
}

/** Compiles a policy's `parameters`. Throws an Error on a schema that is none. */
export function parameterReader(schemas: Readonly<Record<string, JsonObject>>): ParameterReader {
  const defaults = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, schema['default'] ?? null]),
  )
  const validate = compileSchema<JsonObject>({ type: 'object', additionalProperties: false, properties: schemas })
  return {
    merge: (given) => Object.freeze(Object.assign({}, defaults, ...given)),
    problems: (given) => (validate(given) ? [] : schemaViolations(validate.errors ?? [], given)),
  }
}

/** A place in a schema that names a parameter that does not exist. */
export interface UnknownParameter {
  readonly path: Pointer
  readonly name: string
}

/** Puts parameters' values where a schema says `{"$param": "name"}`; unknown names are collected, not thrown. */
export function substituteParameters(
  schema: JsonObject,
  parameters: JsonObject,
): { readonly schema: JsonObject; readonly unknown: readonly UnknownParameter[] } {
  const unknown: UnknownParameter[] = []
  const substitute = (value: JsonValue, path: Pointer): JsonValue => {
    if (isArray(value)) return value.map((item, index) => substitute(item, path + formatPointer(index)))
    if (!isObject(value)) return value
    const name = value['$param']
    if (typeof name === 'string') {
      const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined
      if (given === undefined) unknown.push({ path, name })
      return given ?? null
    }
    return substituteMembers(value, path)
  }
  const substituteMembers = (object: JsonObject, path: Pointer): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, item]) => [key, substitute(item ?? null, path + formatPointer(key))]),
    )
  return { schema: substituteMembers(schema, ''), unknown }
}
