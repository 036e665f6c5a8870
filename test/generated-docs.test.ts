import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandLinePage, metricsPage, policyPages, writtenPages } from './generate-docs.ts'
import { createMetrics } from '../src/telemetry/metrics.ts'
import { commandTree } from './support/command-line.ts'
import { renderCommandLine } from './support/command-line-page.ts'
import { renderMetrics } from './support/metrics-page.ts'

const pages = policyPages()
const written = writtenPages()

describe('docs/reference/command-line.md', () => {
  const page = renderCommandLine(commandTree())

  it('is current (else: run node test/generate-docs.ts)', () => {
    expect(readFileSync(commandLinePage, 'utf8')).toBe(page)
  })

  it('tells every command and every flag in a line of its own', () => {
    const tree = commandTree()
    for (const command of tree.commands) {
      const [, section = ''] = page.split(`\n## holdfast ${command.name()}\n`)
      const rows = section.split('\n## ')[0]
      for (const { long } of command.options) expect(rows).toMatch(new RegExp(`^\\| \`.*${long}\\b`, 'm'))
      expect(page).toContain(`| [\`holdfast ${command.name()}`)
    }
  })
})

describe('docs/reference/metrics.md', () => {
  it('is current (else: run node test/generate-docs.ts)', () => {
    expect(readFileSync(metricsPage, 'utf8')).toBe(renderMetrics(createMetrics().described()))
  })
})

describe('docs/policies', () => {
  it.each([...pages])('%s is current (else: run node test/generate-docs.ts)', (file, text) => {
    expect(written.get(file)).toBe(text)
  })

  it('holds nothing else (else: run node test/generate-docs.ts)', () => {
    expect([...written.keys()].filter((file) => !pages.has(file))).toEqual([])
  })

  it('never promises what only an auditor can say', () => {
    expect([...pages].filter(([, text]) => /complian/i.test(text)).map(([file]) => file)).toEqual([])
  })
})
