import type { ValidateFunction } from 'ajv'
import { isObject, type JsonValue } from '../kubernetes/json.ts'
import configSchema from './config.schema.json' with { type: 'json' }
import type { ConfigDocument, PolicyDocument } from './document.ts'
import policySchema from './policy.schema.json' with { type: 'json' }
import { LoadError } from './problem.ts'
import { compileSchema } from './schema.ts'
import { schemaViolations } from './schema-violations.ts'

const validatePolicy = compileSchema<PolicyDocument>(policySchema)
const validateConfig = compileSchema<ConfigDocument>(configSchema)

/**
 * Reads a policy document against policy.schema.json.
 * @param value the parsed JSON; @param file its name, for messages. Throws a LoadError with every problem.
 */
export function parsePolicy(value: JsonValue, file: string): PolicyDocument {
  return parseWith(validatePolicy, value, file, 'a StoragePolicy')
}

/** Reads holdfast.json against config.schema.json. Throws a LoadError with every problem. */
export function parseConfig(value: JsonValue, file: string): ConfigDocument {
  return parseWith(validateConfig, value, file, 'a configuration')
}

/** Reads JSON text. Throws a LoadError where it is none; the message never quotes the text. */
export function parseJson(text: string, file: string): JsonValue {
  try {
    return JSON.parse(text)
  } catch (error) {
    const where = /at position \d+(?: \(line \d+ column \d+\))?/.exec(error instanceof Error ? error.message : '')?.[0]
    throw new LoadError([{ file, path: '', problem: `is not valid JSON${where === undefined ? '' : ` (${where})`}` }])
  }
}

function parseWith<T>(validate: ValidateFunction<T>, value: JsonValue, file: string, what: string): T {
  if (validate(value)) return value
  if (!isObject(value)) throw new LoadError([{ file, path: '', problem: `is not ${what}: it must be a JSON object` }])
  const violations = schemaViolations(validate.errors ?? [], value)
  throw new LoadError(violations.map(({ path, problem }) => ({ file, path, problem })))
}
