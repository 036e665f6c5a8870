import {
  asArray,
  asObject,
  asString,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
} from '../../src/kubernetes/json.ts'

/** A JSON Schema (draft-07) with the definitions its references lead to. */
export interface SchemaDocument {
  readonly definitions: JsonObject
}

// What a CustomResourceDefinition takes as it is (apiextensions.k8s.io/v1 JSONSchemaProps).
const same = new Set([
  'type',
  'description',
  'required',
  'enum',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
])

/**
 * A JSON Schema as the structural schema that a CustomResourceDefinition needs: references filled in, a type everywhere,
 * and of a choice only which fields go together. What the API server has no words for is left to Holdfast's own
 * webhook: names of members, members of one form only.
 *
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function structural(schema: JsonObject, document: SchemaDocument): JsonObject {
  const whole = withChoice(resolved(schema, document), document)
  const kept = Object.fromEntries(Object.entries(whole).filter(([key]) => same.has(key)))
  const properties = Object.entries(asObject(whole['properties'])).map(
    ([name, property]) => [name, structural(asObject(property), document)] as const,
  )
  const { items, additionalProperties: others, const: only } = whole
  const type = asString(whole['type']) ?? typeOf(whole)
  const isOpen = type === undefined || (type === 'object' && properties.length === 0 && !isObject(others))
  return {
    ...kept,
    ...(type === undefined ? { nullable: true } : { type }),
    ...(only === undefined ? {} : { enum: [only] }),
    ...(properties.length === 0 || isObject(others) ? {} : { properties: Object.fromEntries(properties) }),
    ...(isObject(items) ? { items: structural(items, document) } : {}),
    ...(isObject(others) ? { additionalProperties: structural(others, document) } : {}),
    ...(whole['uniqueItems'] === true ? { 'x-kubernetes-list-type': 'set' } : {}),
    ...(whole['oneOf'] === undefined ? {} : { oneOf: whole['oneOf'] }),
    ...(isOpen || isSchemaOfOthers(whole) ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
  }
}

/** Objects that state some members and take any other, as the JSON Schema of a parameter does. */
function isSchemaOfOthers({ type, properties, additionalProperties }: JsonObject): boolean {
  return type === 'object' && properties !== undefined && additionalProperties === undefined
}

function resolved(schema: JsonObject, { definitions }: SchemaDocument): JsonObject {
  const { $ref: reference, ...others } = schema
  const name = asString(reference)?.replace('#/definitions/', '')
  return name === undefined ? schema : { ...resolved(asObject(definitions[name]), { definitions }), ...others }
}

/** The members of all branches as members of the whole; of the branches only what each requires is left. */
function withChoice(schema: JsonObject, document: SchemaDocument): JsonObject {
  const branches = asArray(schema['oneOf']).filter(isObject)
  if (branches.length === 0) return schema
  const properties = branches.flatMap((branch) => Object.entries(asObject(branch['properties'])))
  return {
    ...schema,
    additionalProperties: false,
    properties: Object.fromEntries(
      properties.map(([name, property]) => [name, resolved(asObject(property), document)]),
    ),
    oneOf: branches.map((branch) => ({ required: branch['required'] })),
  }
}

function typeOf({ enum: allowed, const: only }: JsonObject): string | undefined {
  const [first] = isArray(allowed) ? allowed : [only]
  return first === undefined ? undefined : nameOfType(first)
}

function nameOfType(value: JsonValue): string {
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : 'object'
}
