import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asObject, at, type JsonObject } from '../../src/kubernetes/json.ts'

export const valuesSchemaFile = 'charts/holdfast/values.schema.json'

/** What the chart itself says in holdfast.json or by a flag, so that values say it in their own words or not at all. */
const ownKeys = new Set([
  '$schema',
  'profile',
  'policyDirectories',
  'fingerprintKeyFile',
  'host',
  'port',
  'healthPort',
  'tlsCert',
  'tlsKey',
  'selfManagedCertificate',
  'clientCa',
  'clientNames',
  'cluster',
  'customResources',
  'context',
  'events',
  'logLevel',
])

/** The text of values.schema.json with `config` as the schema of holdfast.json has it now. */
export function generatedValuesSchema(text: string): string {
  const source = readFileSync(join(import.meta.dirname, '../../src/policy/config.schema.json'), 'utf8')
  const [config, schema]: readonly JsonObject[] = [source, text].map((json): JsonObject => asObject(JSON.parse(json)))
  const properties = asObject(at(config, 'properties'))
  const settable = Object.fromEntries(Object.entries(properties).filter(([key]) => !ownKeys.has(key)))
  const own = asObject(at(schema, 'properties'))
  return `${JSON.stringify(
    {
      ...schema,
      properties: { ...own, config: { ...asObject(own['config']), properties: settable } },
      definitions: { ...asObject(at(config, 'definitions')), ...asObject(at(schema, 'definitions')) },
    },
    null,
    2,
  )}\n`
}
