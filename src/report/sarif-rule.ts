import { truncateCharacters } from '../admission/text.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import type { Action, Severity } from '../policy/action.ts'
import type { PolicyDocument, PolicySpec } from '../policy/document.ts'
import { blocks, codeSpan, prose } from './markdown.ts'
import { printable } from './printable.ts'
import { type Marks, templateWords } from './rule-words.ts'

/** The levels of SARIF that are used, from the worst. */
export type SarifLevel = 'error' | 'warning' | 'note'

// GitHub shows no more of either description.
const mostDescribed = 1024

// GitHub refuses rules with more.
const mostTags = 20

const actionLevels: Readonly<Record<Action, SarifLevel>> = {
  deny: 'error',
  fix: 'error',
  warn: 'warning',
  audit: 'note',
  off: 'note',
}

/** As GitHub puts scores into words: over 9.0 critical, from 7.0 high, from 4.0 medium, the rest low. */
const securityScores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5' }

const problemSeverities: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
}

/**
 * A policy as a rule of SARIF (reportingDescriptor, section 3.49), with what GitHub's code scanning reads besides:
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support. Its level is that of the
 * action in the profile baseline; each result has the one that was in force.
 */
export function sarifRule({ metadata, spec }: PolicyDocument): JsonObject {
  return {
    id: metadata.name,
    name: pascalCase(metadata.name),
    shortDescription: { text: description(spec.title) },
    fullDescription: { text: description(spec.why) },
    help: { text: helpText(spec), markdown: helpMarkdown(spec) },
    helpUri: spec.links?.[0],
    defaultConfiguration: { level: actionLevels[spec.action.baseline] },
    properties: { ...properties(spec) },
  }
}

function description(text: string): string {
  return truncateCharacters(printable(text), mostDescribed)
}

function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|-)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
}

function helpText({ why, rules, links = [] }: PolicySpec): string {
  const plain: Marks = { prose: (text) => text, place: (name) => `<${name}>`, code: (text) => text }
  const parts = [why, remedies(rules, plain).join('\n'), links.join('\n')].filter((part) => part !== '')
  return parts.map((part) => part.split('\n').map(printable).join('\n')).join('\n\n')
}

function helpMarkdown({ why, rules, links = [] }: PolicySpec): string {
  const marks: Marks = { prose, place: (name) => `*${name}*`, code: codeSpan }
  return blocks([prose(why), remedies(rules, marks).join('\n'), links.map((link) => `- <${link}>`).join('\n')])
}

/** What to do, where a rule says it once for all; results say it of their own. */
function remedies(rules: PolicySpec['rules'], marks: Marks): readonly string[] {
  return rules.flatMap(({ name, remedy }) =>
    remedy === undefined ? [] : [`- ${marks.code(name)}: ${templateWords(remedy, marks)}`],
  )
}

function properties(spec: PolicySpec): JsonObject {
  const { severity, rules, controls = {} } = spec
  const isSecurity = guardsSecurity(spec)
  const references = Object.entries(controls).flatMap(([catalogue, ids]) =>
    ids.map((control) => `external/${catalogue}/${control}`),
  )
  const tags = ['storage', ...(isSecurity ? ['security'] : []), ...references]
  return {
    tags: [...new Set(tags)].slice(0, mostTags),
    // A check weighs what it sees; a schema or an expression holds or does not.
    precision: rules.some(({ assert }) => 'check' in assert) ? 'high' : 'very-high',
    'problem.severity': problemSeverities[severity],
    ...(isSecurity ? { 'security-severity': securityScores[severity] } : {}),
  }
}

// Access control; identification and authentication; information in shared resources, at rest, and process isolation.
const securityControls = /^(?:AC-|IA-|SC-(?:4|28|39)(?!\d))/

/** Whether it is evidence for a control of access or of secrets; the others are about availability and order. */
function guardsSecurity({ controls = {} }: PolicySpec): boolean {
  return Object.entries(controls).some(
    ([catalogue, ids]) => !catalogue.startsWith('nist-800-53') || ids.some((id) => securityControls.test(id)),
  )
}
