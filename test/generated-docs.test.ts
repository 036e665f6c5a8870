import { describe, expect, it } from 'vitest'
import { policyPages, writtenPages } from './generate-docs.ts'

const pages = policyPages()
const written = writtenPages()

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
