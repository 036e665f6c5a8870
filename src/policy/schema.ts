import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv'
import { RE2JS } from 're2js'
import type { JsonValue } from '../kubernetes/json.ts'

// Making an instance compiles the schema of schemas, which takes longer than most of ours; it keeps nothing of a schema
// once that is removed again.
const options = {
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
  logger: false,
  code: { regExp: linearRegExp },
} as const
const ajv = new Ajv({ ...options, allErrors: true, verbose: true })
// Stops at the first thing that does not fit, and has no words for it.
const tester = new Ajv({ ...options, messages: false })

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

/** Compiles a JSON Schema (draft-07) to a plain test. Throws an Error with ajv's words on a schema that is none. */
export function compileTest(schema: AnySchemaObject): (value: JsonValue) => boolean {
  try {
    return tester.compile<JsonValue>(schema)
  } catch (error) {
    // This one has words for what is wrong.
    compileSchema(schema)
    throw error
  } finally {
    tester.removeSchema(schema)
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
