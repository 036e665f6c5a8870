import { describe, expect, it } from 'vitest'
import { characterCount } from '../admission/text.ts'
import type { Finding } from './finding.ts'
import { denialMessage, violationLine } from './message.ts'

const resource = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' }

describe('violationLine', () => {
  it.each([
    ['cut in the middle, so that the policy stays', 'é'.repeat(400), /^Pod shop\/web: é+… \[p\]$/],
    ['control characters become spaces', 'a\nb\tc\u0007d\u2028e', /^Pod shop\/web: a b c d e\. \[p\]$/],
    [
      'no word on which GitOps tools delete',
      'the field is immutable, an immutable  field',
      /is unchangeable, an (immutable {2}|unchangeable )field/,
    ],
    ['nor in capitals', 'Is Immutable', /Is unchangeable/],
  ])('%s', (_name, problem, expected) => {
    const line = violationLine(resource, problem, 'p')
    expect(line).toMatch(expected)
    expect(characterCount(line)).toBeLessThanOrEqual(200)
    expect(line).not.toMatch(/is immutable|immutable field/i)
  })

  it('cuts long names too', () => {
    expect(characterCount(violationLine({ ...resource, name: 'n'.repeat(253) }, 'x'.repeat(300), 'policy'))).toBe(200)
  })

  it('names what has no name', () => {
    expect(violationLine({ apiVersion: '', kind: '', namespace: '', name: '' }, 'x', 'p')).toBe(
      'object (no name): x. [p]',
    )
  })
})

const finding = (index: number, text = '', why?: string): Finding => ({
  policy: 'p',
  rule: 'r',
  action: 'deny',
  effect: 'deny',
  result: 'fail',
  severity: 'low',
  resource,
  path: '',
  message: violationLine(resource, `wrong ${index}${text}`, 'p'),
  problem: `wrong ${index}${text}`,
  actual: undefined,
  expected: undefined,
  fix: { text: `mend ${index}`, patch: undefined },
  why,
  note: undefined,
  links: [],
})

const several = (count: number, text = '', why?: string): readonly Finding[] =>
  Array.from({ length: count }, (_, index) => finding(index, text, why))

describe('denialMessage', () => {
  it('lists every violation, five of them with their fix', () => {
    const lines = denialMessage(several(7)).split('\n')
    expect(lines[0]).toBe('Pod shop/web: wrong 0. [p] (1 of 7)')
    expect(lines.filter((line) => line.includes('Fix:'))).toHaveLength(5)
    expect(lines.slice(-2)).toEqual(['6. wrong 5. [p]', '7. wrong 6. [p]'])
  })

  it('leaves out fixes before violations where there is no room for all', () => {
    const message = denialMessage(several(6, 'x'.repeat(141)))
    expect(message.match(/^\d\. |^Pod /gm)).toHaveLength(6)
    expect(message.match(/Fix: mend \d/g)).toEqual(['Fix: mend 0', 'Fix: mend 1'])
    expect(message).not.toContain('more')
  })

  it('says what each rests on, and leaves that out before a fix', () => {
    const explained = (count: number): readonly Finding[] => several(count, 'x'.repeat(60), 'y'.repeat(110))
    const whys = (message: string): number => message.match(/Why: y+\./g)?.length ?? 0
    expect(denialMessage(explained(1))).toContain(`\n  Why: ${'y'.repeat(110)}.\n  Fix: mend 0.`)
    expect(whys(denialMessage(explained(3)))).toBe(3)
    const five = denialMessage(explained(5))
    expect([whys(five), five.match(/Fix: /g)?.length]).toEqual([1, 5])
  })

  it('says who applied the object in its second line', () => {
    const owner = {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace: 'flux',
      name: 'app',
    }
    expect(denialMessage(several(2), owner)).toBe(
      'Pod shop/web: wrong 0. [p] (1 of 2)\n  Applied by: Kustomization flux/app.\n  Fix: mend 0.\n2. wrong 1. [p]\n   Fix: mend 1.',
    )
    const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: '', name: 'shop' }
    expect(denialMessage(several(1), application).split('\n')[1]).toBe('  Applied by: Application shop.')
  })

  it.each([1, 2, 5, 40])('makes room for it (%i long violations)', (count) => {
    const owner = { apiVersion: 'v1', kind: 'Application', namespace: 'n'.repeat(63), name: 'a'.repeat(253) }
    const message = denialMessage(several(count, 'ü'.repeat(200)), owner)
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1000)
    const shown = message.split('\n').filter((line) => line.includes('[p]')).length
    expect(shown + Number(/\+(\d+) more$/.exec(message)?.[1] ?? '0')).toBe(count)
    expect(message.split('\n')[1]).toMatch(/^ {2}Applied by: Application n{63}\/a+…\.$/)
  })

  it.each([1, 2, 5, 6, 40, 4000])('never passes 1,000 bytes, and counts the rest (%i long violations)', (count) => {
    const message = denialMessage(several(count, 'ü'.repeat(200)))
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1000)
    const shown = message.split('\n').filter((line) => line.includes('[p]')).length
    const more = /\+(\d+) more$/.exec(message)?.[1] ?? '0'
    expect(shown + Number(more)).toBe(count)
  })
})
