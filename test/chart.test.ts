import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../src/telemetry/metrics.ts'
import { generatedValuesSchema, valuesSchemaFile } from './support/values-schema.ts'

const repository = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(repository, file), 'utf8')

describe('the chart', () => {
  it('takes of holdfast.json what its schema says (node test/generate-values-schema.ts)', () => {
    const text = read(valuesSchemaFile)
    expect(JSON.parse(text)).toEqual(JSON.parse(generatedValuesSchema(text)))
  })

  it('has the version of the program', () => {
    const { version }: { version: string } = JSON.parse(read('package.json'))
    expect(read('charts/holdfast/Chart.yaml')).toContain(`\nappVersion: ${version}\n`)
  })

  it('alerts on metrics that there are', async () => {
    const rule = read('charts/holdfast/templates/prometheusrule.yaml')
    const named = [...rule.matchAll(/holdfast_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, ''))
    const defined = [...(await createMetrics().text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
    expect(new Set(named).size).toBe(7)
    expect(defined).toEqual(expect.arrayContaining([...new Set(named)]))
  })
})
