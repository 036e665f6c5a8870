import type { PolicySource } from '../policy/compile.ts'
import type { ExampleResult } from './run.ts'

/** A rule by its policy: `pod-no-host-path/host-path`. */
type RuleName = string

/** What the examples of policies do not show. */
export interface Coverage {
  readonly neverFailed: readonly RuleName[]
  readonly neverPassed: readonly RuleName[]
}

/** The rules that no example breaks, and those that no example of their policy keeps. */
export function coverageOf(sources: readonly PolicySource[], results: readonly ExampleResult[]): Coverage {
  const rules = sources.flatMap(({ document }) =>
    document.spec.rules.map(({ name }) => ({ policy: document.metadata.name, rule: name })),
  )
  const seen = (policy: string, test: (result: ExampleResult) => boolean): boolean =>
    results.some((result) => result.example.policy === policy && test(result))
  const names = (kept: typeof rules): readonly RuleName[] => kept.map(({ policy, rule }) => `${policy}/${rule}`)
  return {
    neverFailed: names(rules.filter(({ policy, rule }) => !seen(policy, ({ violated }) => violated.includes(rule)))),
    neverPassed: names(rules.filter(({ policy, rule }) => !seen(policy, ({ violated }) => !violated.includes(rule)))),
  }
}
