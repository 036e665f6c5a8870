import { describe, expect, test } from 'vitest'
import { applyPatch } from '../src/admission/apply-patch.ts'
import { maxMessageBytes } from '../src/admission/review.ts'
import { characterCount, oneLine } from '../src/admission/text.ts'
import { maxWarningCharacters, toWarnings } from '../src/admission/warning.ts'
import { checks } from '../src/checks/registry.ts'
import { readExamples } from '../src/cli/example-files.ts'
import { type Decision, decide, mutate, repair, validate } from '../src/engine/decide.ts'
import type { Surroundings } from '../src/engine/evaluate.ts'
import type { Finding } from '../src/engine/finding.ts'
import type { Example } from '../src/examples/example.ts'
import { exampleInventory, examplePolicies, exampleRequest, runExample } from '../src/examples/run.ts'
import type { AdmissionRequest } from '../src/admission/request.ts'
import { withApiDefaults } from '../src/kubernetes/defaults.ts'
import { asObject, isObject, type JsonObject } from '../src/kubernetes/json.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../src/load.ts'
import type { PolicySource } from '../src/policy/compile.ts'
import type { PolicySet } from '../src/policy/compiled.ts'
import type { PolicySettings } from '../src/policy/document.ts'

/** An example, ready to be judged. */
interface Case {
  readonly example: Example
  readonly source: PolicySource
  readonly policies: PolicySet
  readonly request: AdmissionRequest
  readonly surroundings: Surroundings
}

const packed = policyFiles(builtInPolicies).map((file) => {
  const source = readPolicy(file)
  return { name: source.document.metadata.name, source, examples: readExamples(file, source) }
})

const cases: readonly (readonly [string, Case])[] = packed.flatMap(({ name, source, examples }) =>
  examples.map((example) => [`${name}/${example.side}/${example.name}`, caseOf(example, source)] as const),
)

function caseOf(example: Example, source: PolicySource): Case {
  return {
    example,
    source,
    policies: examplePolicies(source, example, checks),
    request: exampleRequest(example),
    surroundings: { inventory: exampleInventory(example), now: new Date('2026-01-01T00:00:00Z') },
  }
}

function decided({ policies, request, surroundings }: Case): ReturnType<typeof decide> {
  return decide(policies, request, surroundings)
}

/** What a person gets to read of an answer. */
function wordsOf({ response, findings, repaired }: ReturnType<typeof decide>): readonly string[] {
  const all = [...repaired, ...findings]
  return [
    ...(response.allowed ? [] : [response.message, ...response.causes.map(({ message }) => message)]),
    ...response.warnings,
    ...all.flatMap(({ message, note, fix }) => [message, note ?? '', fix.text]),
  ]
}

function parametersIn({ parameters, namespaces = {} }: PolicySettings): readonly string[] {
  return [parameters, ...Object.values(namespaces).map((setting) => setting.parameters)].flatMap((values) =>
    Object.keys(values ?? {}),
  )
}

describe.each(packed)('the examples of $name', ({ source, examples }) => {
  test('show what passes and what does not', () => {
    expect(examples.filter(({ side }) => side === 'allowed').length).toBeGreaterThanOrEqual(2)
    expect(examples.filter(({ side }) => side !== 'allowed').length).toBeGreaterThanOrEqual(2)
  })

  test('use every parameter', () => {
    const used = new Set(examples.flatMap(({ expected }) => parametersIn(expected?.settings ?? {})))
    expect([...used].sort()).toEqual(Object.keys(source.document.spec.parameters ?? {}).sort())
  })

  test('break every rule and keep every rule', () => {
    const rules = source.document.spec.rules.map(({ name }) => name)
    const results = examples.map((example) => runExample(example, source, checks))
    expect([...new Set(results.flatMap(({ violated }) => violated))].sort()).toEqual([...rules].sort())
    for (const rule of rules) expect(results.some(({ violated }) => !violated.includes(rule))).toBe(true)
  })
})

test.each(cases)('%s is answered as written down', (_name, { example, source }) => {
  expect(runExample(example, source, checks).failures).toEqual([])
})

describe('texts', () => {
  // Flux and kubectl --force take these words of an error as a reason to delete the live object and make it again.
  const dangerous = /is immutable|immutable field/i

  test.each(packed)('of $name never make a client delete the object', ({ source }) => {
    expect(JSON.stringify(source.document)).not.toMatch(dangerous)
  })

  test.each(cases)('%s: nothing told makes a client delete the object', (_name, one) => {
    for (const words of wordsOf(decided(one))) expect(words).not.toMatch(dangerous)
  })

  test.each(cases)('%s: warnings arrive as one line with the whole message', (_name, one) => {
    const { response, findings } = decided(one)
    for (const warning of response.warnings) expect(warning).toBe(oneLine(warning))
    const delivered = toWarnings(response.warnings)
    for (const warning of delivered) expect(characterCount(warning)).toBeLessThanOrEqual(maxWarningCharacters)
    for (const { message } of findings.filter(({ effect }) => effect === 'warn')) {
      expect(delivered.filter((warning) => warning.startsWith(message))).not.toEqual([])
    }
  })

  test.each(cases.filter(([, one]) => !decided(one).response.allowed))(
    '%s: the denial is short and its first line stands alone',
    (_name, one) => {
      const { response } = decided(one)
      const message = response.allowed ? '' : response.message
      const [first = ''] = message.split('\n')
      expect(characterCount(first.replace(/ \(1 of \d+\)$/, ''))).toBeLessThanOrEqual(200)
      expect(first).toMatch(/^[A-Za-z]+ \S+: .+ \[[a-z-]+\]( \(1 of \d+\))?$/)
      expect(first).toContain(`[${one.source.document.metadata.name}]`)
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(maxMessageBytes)
    },
  )
})

describe('repairs', () => {
  const repaired = cases.filter(([, one]) => decided(one).repaired.length > 0)

  test.each(repaired)('%s: are made once and hold', (_name, one) => {
    const first = repair(one.policies, one.request, one.surroundings)
    const request = { ...one.request, object: first.object, written: first.written }
    expect(first.patch).not.toEqual([])
    expect(repair(one.policies, request, one.surroundings)).toEqual({ ...first, patch: [], repaired: [], warnings: [] })
    const broken = new Set(first.repaired.map(({ finding: { rule, path } }) => `${rule} ${path}`))
    const { findings } = validate(one.policies, request, one.surroundings)
    expect(findings.filter(({ rule, path }) => broken.has(`${rule} ${path}`))).toEqual([])
  })

  test.each(repaired)('%s: fit the object with API defaults as well', (_name, one) => {
    const { object } = one.example
    const { patch } = repair(one.policies, one.request, one.surroundings)
    const patched = asObject(applyPatch(object, patch))
    expect(applyPatch(withApiDefaults(object), patch)).toEqual(withApiDefaults(patched))
  })
})

function inBrief({ rule, effect, path, message }: Finding): unknown {
  return { rule, effect, path, message }
}

test.each(cases)('%s gets the same verdict with API defaults', (_name, one) => {
  const { findings, repaired } = decided(one)
  const request = { ...one.request, object: withApiDefaults(one.example.object) }
  const defaulted = decide(one.policies, request, one.surroundings)
  expect(defaulted.findings.map(inBrief)).toEqual(findings.map(inBrief))
  expect(defaulted.repaired.map(inBrief)).toEqual(repaired.map(inBrief))
})

/** The two webhook calls one after the other, as the API server makes them. */
function webhooks({ policies, request, surroundings }: Case): {
  readonly mutated: Decision
  readonly judged: Decision
} {
  const mutated = mutate(policies, request, surroundings)
  const object = applyPatch(request.object ?? {}, mutated.response.allowed ? mutated.response.patch : [])
  const next: JsonObject | undefined = isObject(object) ? object : undefined
  return { mutated, judged: validate(policies, { ...request, object: next }, surroundings) }
}

test.each(cases)('%s gets the same verdict from the two webhooks', (_name, one) => {
  const { response, findings, repaired } = decided(one)
  const { mutated, judged } = webhooks(one)
  const isDeniedUpdate = one.request.operation === 'UPDATE' && !response.allowed
  expect(mutated.response.allowed).toBe(!isDeniedUpdate)
  expect(mutated.findings).toEqual(isDeniedUpdate ? findings : repaired)
  expect(judged.findings).toEqual(findings)
  const warnings = [...mutated.response.warnings, ...judged.response.warnings]
  const validated = response.allowed ? { ...mutated.response, warnings } : judged.response
  expect(isDeniedUpdate ? mutated.response : validated).toEqual(response)
})

describe('credentials', () => {
  // In pieces where a scanner of this repository would take them for real ones.
  const planted = [
    'tulip9meadow',
    'quietriver77',
    'orchid4window',
    'heron7lantern',
    'sommer2019',
    'zyxwvutszyxwvuts',
    'aQeRtUoIpAsEdFiGuHaJ',
    'FAKEpTyGJMuHbEL31IeL2HPcHyGcFRl1SPnXNYvMIHa',
    ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
    ['wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY'].join(''),
  ]
  const denied = cases.filter(([name]) => name.startsWith('configmap-no-secrets/denied/'))

  /** All values of a ConfigMap, and what they are in base64, twice. */
  function contentOf({ data, binaryData }: JsonObject): string {
    const values = [data, binaryData].flatMap((part) => Object.values(asObject(part)).map(String))
    const once = values.map((value) => Buffer.from(value, 'base64').toString())
    const twice = once.map((value) => Buffer.from(value, 'base64').toString())
    return [...values, ...once, ...twice, ...twice.map((value) => Buffer.from(value, 'base64').toString())].join('\n')
  }

  test.each(denied)('%s: a planted value is in it, and no part of it in the answer', (_name, one) => {
    const content = contentOf(one.example.object)
    const values = planted.filter((value) => content.includes(value))
    expect(values).not.toEqual([])
    const answer = JSON.stringify(decided(one))
    const told = values.flatMap((value) => pieces(value, 6).filter((piece) => answer.includes(piece)))
    expect(told).toEqual([])
  })

  test('are all planted somewhere', () => {
    const contents = denied.map(([, one]) => contentOf(one.example.object)).join('\n')
    expect(planted.filter((value) => !contents.includes(value))).toEqual([])
  })
})

function pieces(text: string, length: number): readonly string[] {
  return Array.from({ length: text.length - length + 1 }, (_, start) => text.slice(start, start + length))
}
