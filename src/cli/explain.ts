import { didYouMean } from '../kubernetes/suggest.ts'
import type { Loaded } from '../load.ts'
import type { PolicySource } from '../policy/compile.ts'
import { ansi, plain } from '../report/paint.ts'
import type { CatalogueEntry } from '../report/policy-catalogue.ts'
import { renderPolicyPage } from '../report/policy-page.ts'
import { policyText } from '../report/policy-text.ts'
import { catalogue, type PolicyFormat } from './policies.ts'
import { checkDescriptions, readPolicyPage } from './policy-pages.ts'
import { exitCodes, type Terminal } from './terminal.ts'
import { UsageError } from '../inputs/usage-error.ts'

/** What somebody asks about: a policy, or one rule of it. */
interface Subject {
  readonly entry: CatalogueEntry
  readonly source: PolicySource
  readonly rule: string | undefined
}

/**
 * `holdfast explain POLICY`: tells one policy, and how it is set here. Returns the exit code.
 *
 * @param asked a policy's id, `POLICY/RULE`, or a denial or warning with the id in brackets, as people paste it.
 * Throws a UsageError on an id that no policy has, and on a rule that the policy does not have.
 */
export function explain(inForce: Loaded, asked: string, format: PolicyFormat, terminal: Terminal): number {
  terminal.out(told(subjectOf(inForce, asked), format, terminal))
  return exitCodes.clean
}

function told({ entry, source, rule }: Subject, format: PolicyFormat, { colors, now }: Terminal): string {
  switch (format) {
    case 'text': {
      const { document, examples } = readPolicyPage(source, undefined)
      const explanation = { document, entry, examples, checks: checkDescriptions, rule, now: now() }
      return policyText(explanation, colors ? ansi : plain)
    }
    case 'json':
      return `${JSON.stringify(entry, null, 2)}\n`
    case 'markdown':
      return renderPolicyPage(readPolicyPage(source, undefined))
    default:
      return format satisfies never
  }
}

function subjectOf(inForce: Loaded, asked: string): Subject {
  const entries = catalogue(inForce)
  const ids = entries.map(({ id }) => id)
  const [id = '', rule] = nameIn(asked, ids).split('/')
  const entry = entries.find((candidate) => candidate.id === id)
  const source = inForce.sources.find(({ document }) => document.metadata.name === id)
  if (entry === undefined || source === undefined)
    throw unknown(`there is no policy "${id}"`, id, ids, 'holdfast policies lists them')
  if (rule !== undefined && !entry.rules.includes(rule)) {
    const rules = `its rules are ${entry.rules.join(', ')}`
    throw unknown(`the policy "${id}" has no rule "${rule}"`, rule, entry.rules, rules)
  }
  return { entry, source, rule }
}

/** The policy's name in a text: messages end in it, in brackets. A text without brackets is a name. */
function nameIn(text: string, ids: readonly string[]): string {
  const bracketed = [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, name = '']) => name)
  return bracketed.find((name) => ids.includes(name)) ?? bracketed.at(-1) ?? text
}

function unknown(problem: string, word: string, candidates: readonly string[], otherwise: string): UsageError {
  const partly = word === '' ? [] : candidates.filter((candidate) => candidate.includes(word))
  const meant = didYouMean(word, candidates) ?? (partly.length === 0 ? otherwise : `there is ${partly.join(', ')}`)
  return new UsageError(`${problem}; ${meant}`)
}
