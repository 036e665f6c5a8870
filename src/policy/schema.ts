import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv'
import { RE2JS } from 're2js'

// Making an instance compiles the schema of schemas, which takes longer than most of ours; it keeps nothing of a schema
// once that is removed again.
const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
  logger: false,
  code: { regExp: linearRegExp },
})

/**
 * Compiles a JSON Schema (draft-07). All errors of a value are reported, with the data that `schemaViolations` needs.
 * Throws an Error with ajv's words on a schema that is none.
 */
export function compileSchema<T>(schema: AnySchemaObject): ValidateFunction<T> {
  try {
    return ajv.compile<T>(schema)
  } finally {
    ajv.removeSchema(schema)
  }
}

// Patterns are matched against what users apply: RE2's engine is linear in the text, JavaScript's is not.
function linearRegExp(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = RE2JS.compile(pattern)
  return {
    test: (text) => compiled.matcher(text).find(),
    // ajv keeps one compiled pattern for each distinct text of this.
    toString: () => pattern,
  }
}
// ajv writes this name into stand-alone code, which is never generated here.
linearRegExp.code = 'linearRegExp'
