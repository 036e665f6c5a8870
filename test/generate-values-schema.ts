import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedValuesSchema, valuesSchemaFile } from './support/values-schema.ts'

// Writes the part of the chart's values.schema.json that is the schema of holdfast.json.
const file = join(import.meta.dirname, '..', valuesSchemaFile)
writeFileSync(file, generatedValuesSchema(readFileSync(file, 'utf8')))
