import type { JsonObject } from '../kubernetes/json.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import type { Severity } from '../policy/action.ts'
import { repositoryPath } from './file-path.ts'
import { type Fingerprinted, fingerprinted, fingerprintedProblems } from './fingerprint.ts'
import { printable } from './printable.ts'
import { type CheckReport, type CheckResult, isAudited } from './result.ts'
import { toldLine } from './told-line.ts'

/** The severities of code quality, from the least; GitLab's own names. */
type GitlabSeverity = 'info' | 'minor' | 'major' | 'critical' | 'blocker'

const severities: Readonly<Record<Severity, GitlabSeverity>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
}

/**
 * Writes a report for GitLab's code quality, a JSON list of issues
 * (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). Ours from critical to low are theirs
 * from blocker to minor; what is only audited is info. What an exception covers is left out, as GitLab has no word for
 * it. What could not be read is an issue as well, and so are templates.
 */
export function renderGitlab({ results, problems, templates }: CheckReport): string {
  const issues = [
    ...fingerprinted(results)
      .filter(([{ result }]) => result !== 'skip')
      .map(resultIssue),
    ...fingerprintedProblems(problems).map(problemIssue({ check: 'unreadable', severity: 'critical' })),
    ...fingerprintedProblems(templates).map(problemIssue({ check: 'template', severity: 'info' })),
  ]
  return `${JSON.stringify(issues, undefined, 2)}\n`
}

function resultIssue([result, fingerprint]: Fingerprinted<CheckResult>[number]): JsonObject {
  return {
    description: toldLine(result),
    check_name: result.policy,
    fingerprint,
    severity: isAudited(result) ? 'info' : severities[result.severity],
    location: location(result),
  }
}

interface ProblemIssue {
  readonly check: string
  readonly severity: GitlabSeverity
}

function problemIssue({ check, severity }: ProblemIssue) {
  return ([problem, fingerprint]: Fingerprinted<ManifestProblem>[number]): JsonObject => ({
    description: printable(problem.message),
    check_name: check,
    fingerprint,
    severity,
    location: location(problem),
  })
}

function location({ file, line }: { readonly file: string; readonly line: number }): JsonObject {
  return { path: repositoryPath(file), lines: { begin: line } }
}
