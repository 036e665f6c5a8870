/**
 * The fields of an object and their types, in a notation of one line each:
 *
 * - `string`, `integer`, `number`, `boolean`, `intOrString`, `quantity`, `bytes` (base64), and `any`, which is not judged
 * - `=Delete|Retain`: one of these texts
 * - `[T]`: a list of T; `{T}`: T by any name
 * - `PodSpec`: the object of that name
 *
 * A `!` at the end: the field is required.
 */
export type Fields = Readonly<Record<string, string>>

const scalars = ['string', 'integer', 'number', 'boolean', 'intOrString', 'quantity', 'bytes', 'any'] as const
export type Scalar = (typeof scalars)[number]

/** A type taken apart by one step; the types inside are still in notation. */
export type FieldType =
  | { readonly form: 'scalar'; readonly scalar: Scalar }
  | { readonly form: 'enum'; readonly values: readonly string[] }
  | { readonly form: 'list'; readonly items: string }
  | { readonly form: 'map'; readonly values: string }
  | { readonly form: 'object'; readonly name: string }

/** What a version of Kubernetes says of its objects: generated files, as test/openapi/generate.ts writes them. */
export interface SchemaDocument {
  /** By kind and apiVersion, stable ones first: the name of its definition. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly definitions: Readonly<Record<string, Fields>>
}

/** The kinds that policies can name plainly, and the objects in them. */
export interface Schemas {
  /** The apiVersions that serve a kind, the preferred one first; none for a kind that is not known. */
  apiVersionsOf(kind: string): readonly string[]
  /** The name of a kind's definition. */
  definitionOf(kind: string, apiVersion: string): string | undefined
  /** The fields of a definition; none for a name that is not known. */
  fieldsOf(definition: string): Fields
  /** The names of those that are required. */
  requiredOf(definition: string): readonly string[]
  /** As {@link readType}, each notation read once. */
  typeOf(notation: string): FieldType
}

const noFields: Fields = Object.freeze({})

/** Looks things up in several documents, each kind and definition in the first that has it. */
export function schemasOf(...documents: readonly SchemaDocument[]): Schemas {
  const versionsOf = (kind: string): Readonly<Record<string, string>> =>
    documents.map(({ kinds }) => own(kinds, kind)).find((versions) => versions !== undefined) ?? noFields
  const fieldsOf = (definition: string): Fields => {
    for (const { definitions } of documents) {
      const fields = own(definitions, definition)
      if (fields !== undefined) return fields
    }
    return noFields
  }
  return {
    apiVersionsOf: (kind) => Object.keys(versionsOf(kind)),
    definitionOf: (kind, apiVersion) => own(versionsOf(kind), apiVersion),
    fieldsOf,
    requiredOf: once((definition) => {
      const fields = fieldsOf(definition)
      return Object.keys(fields).filter((name) => isRequired(fields[name] ?? ''))
    }),
    typeOf: once(readType),
  }
}

/** Works out a value once for each text: there are as many as the documents have. */
function once<T>(workOut: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const value = known.get(text) ?? workOut(text)
    known.set(text, value)
    return value
  }
}

/** The type of a field, where the object has one of that name. */
export function typeOfField(fields: Fields, name: string): string | undefined {
  return own(fields, name)
}

/** Whether a type in notation ends in `!`. */
export function isRequired(type: string): boolean {
  return type.endsWith('!')
}

/** Reads a type in notation, required or not; what it does not know is `any`. */
export function readType(notation: string): FieldType {
  const type = isRequired(notation) ? notation.slice(0, -1) : notation
  switch (type.charAt(0)) {
    case '=':
      return { form: 'enum', values: type.slice(1).split('|') }
    case '[':
      return { form: 'list', items: type.slice(1, -1) }
    case '{':
      return { form: 'map', values: type.slice(1, -1) }
    default:
      return /^[A-Z]/.test(type)
        ? { form: 'object', name: type }
        : { form: 'scalar', scalar: scalars.find((scalar) => scalar === type) ?? 'any' }
  }
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
