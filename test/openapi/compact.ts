import {
  asArray,
  asObject,
  asString,
  at,
  deepEqual,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from '../../src/kubernetes/json.ts'

/** Closed sets of values by field, `PodSpec.restartPolicy`. */
export type ClosedSets = ReadonlyMap<string, readonly string[]>

/** What the API server does besides, or other than, what its OpenAPI says; by field. */
export interface Enforced {
  readonly closedSets: ClosedSets
  /** Required fields whose absence it takes. */
  readonly notEnforced: ReadonlySet<string>
}

/** Fields of one object, by name; the notation of a type is explained in src/kubernetes/openapi/schemas.ts. */
export type Fields = Record<string, string>

/** What is written into a file of src/kubernetes/openapi. */
export interface CompactSchemas {
  /** By kind and apiVersion: the name of the definition. */
  readonly kinds: Record<string, Record<string, string>>
  readonly definitions: Record<string, Fields>
}

// What has a type of its own, whatever its schema says.
const scalars: Readonly<Record<string, string>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'string',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'string',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'any',
}

/** The kind of a definition without its package: `PodSpec` of `io.k8s.api.core.v1.PodSpec`. */
export function shortName(definition: string): string {
  return definition.slice(definition.lastIndexOf('.') + 1)
}

/**
 * Builds compact schemas step by step. Every definition is written once; two of one name that differ are an error,
 * which the person who generates has to look at.
 */
export class Compactor {
  readonly #enforced: Enforced
  readonly #kinds: Record<string, Record<string, string>> = {}
  readonly #definitions = new Map<string, Fields>()

  constructor(enforced: Enforced) {
    this.#enforced = enforced
  }

  /** Adds a kind from `components.schemas` of an OpenAPI v3 document, with all that it refers to. */
  addKind(kind: string, apiVersion: string, definition: string, schemas: JsonObject): void {
    this.#define(shortName(definition), asObject(schemas[definition]), schemas)
    ;(this.#kinds[kind] ??= {})[apiVersion] = shortName(definition)
  }

  /** Adds a kind from the schema of a CustomResourceDefinition: objects in it get their names from where they are. */
  addCustomKind(kind: string, apiVersion: string, schema: JsonObject): void {
    this.#define(kind, schema, {})
    ;(this.#kinds[kind] ??= {})[apiVersion] = kind
  }

  /** Everything added, in alphabetical order. */
  result(): CompactSchemas {
    return { kinds: sorted(this.#kinds), definitions: sorted(Object.fromEntries(this.#definitions)) }
  }

  #define(name: string, schema: JsonObject, schemas: JsonObject): void {
    const required = asArray(schema['required'])
    const fields: Fields = {}
    const before = this.#definitions.get(name)
    if (before === undefined) this.#definitions.set(name, fields)
    for (const [field, value] of Object.entries(asObject(schema['properties'])).sort(byName)) {
      const type = this.#fieldType(name, field, asObject(value), schemas)
      const isRequired = required.includes(field) && !this.#enforced.notEnforced.has(`${name}.${field}`)
      fields[field] = isRequired ? `${type}!` : type
    }
    if (before !== undefined && before !== fields && Object.keys(before).length > 0 && !deepEqual(before, fields)) {
      throw new Error(`there are two definitions of ${name}`)
    }
  }

  #fieldType(owner: string, field: string, schema: JsonObject, schemas: JsonObject): string {
    // A status is the controllers' to write; what a manifest says there has no effect.
    if (field === 'status' && asString(schema['type']) !== 'string') return 'any'
    if (field === 'metadata' && at(schema, 'properties') === undefined && at(schema, 'allOf') === undefined) {
      return 'ObjectMeta'
    }
    const type = this.#type(`${owner}${capitalized(field)}`, schema, schemas)
    const values = this.#enforced.closedSets.get(`${owner}.${field}`)
    return values === undefined ? type : type.replace('string', enumeration(values))
  }

  #type(name: string, schema: JsonObject, schemas: JsonObject): string {
    const reference = asString(schema['$ref']) ?? asString(member(asArray(schema['allOf'])[0], '$ref'))
    if (reference !== undefined) return this.#referredType(reference.slice(reference.lastIndexOf('/') + 1), schemas)
    const values = asArray(schema['enum']).filter((value) => typeof value === 'string')
    if (values.length > 0) return enumeration(values)
    if (schema['x-kubernetes-int-or-string'] === true) return 'intOrString'
    const type = asString(schema['type']) ?? 'any'
    switch (type) {
      case 'array':
        return `[${this.#type(name, asObject(schema['items']), schemas)}]`
      case 'object':
        return this.#objectType(name, schema, schemas)
      case 'string':
        return asString(schema['format']) === 'byte' ? 'bytes' : 'string'
      default:
        return type
    }
  }

  #objectType(name: string, schema: JsonObject, schemas: JsonObject): string {
    const { additionalProperties, properties } = schema
    if (isObject(additionalProperties)) return `{${this.#type(name, additionalProperties, schemas)}}`
    if (properties === undefined) return 'any'
    this.#define(name, schema, schemas)
    return name
  }

  #referredType(definition: string, schemas: JsonObject): string {
    const scalar = scalars[definition]
    if (scalar !== undefined) return scalar
    const name = shortName(definition)
    this.#define(name, asObject(schemas[definition]), schemas)
    return name
  }
}

function enumeration(values: readonly string[]): string {
  // The empty text stands for an absent value wherever it is in a set.
  const shown = values.filter((value) => value !== '')
  const odd = shown.find((value) => !/^[A-Za-z0-9+-]+$/.test(value))
  if (odd !== undefined) throw new Error(`the notation has no place for the value ${JSON.stringify(odd)}`)
  return `=${shown.join('|')}`
}

function capitalized(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1)
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(byName))
}

/**
 * The closed sets in the OpenAPI definitions that Kubernetes compiles in (zz_generated.openapi.go): the published
 * documents leave them out. The text is generated, so its layout is reliable.
 */
export function closedSetsOf(generatedGo: string): ClosedSets {
  const sets = new Map<string, readonly string[]>()
  let owner: string | undefined
  let field = ''
  for (const line of generatedGo.split('\n')) {
    const definition = /^func schema_(.+)_([A-Za-z0-9]+)\(/.exec(line)
    if (definition !== null) owner = isWanted(definition[1] ?? '') ? definition[2] : undefined
    field = /^\t{5}"([^"]+)": \{$/.exec(line)?.[1] ?? field
    const values = /^\t+Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line)?.[1]
    if (owner !== undefined && values !== undefined) sets.set(`${owner}.${field}`, parseStrings(`[${values}]`))
  }
  return sets
}

// Other packages have types of the same names.
function isWanted(goPackage: string): boolean {
  return /^(?:k8sio_api_(?:core|apps|batch|storage)_v1|pkg_apis_meta_v1)$/.test(goPackage)
}

function parseStrings(text: string): readonly string[] {
  const values: JsonValue = JSON.parse(text)
  return asArray(values).filter((value) => typeof value === 'string')
}
