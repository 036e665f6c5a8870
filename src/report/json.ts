import { type CheckReport, toJson } from './result.ts'

/**
 * Writes a report as one JSON document, indented by two spaces. What the log of a GitHub workflow would take for a command
 * (`##[`, see printable.ts) is escaped, which says the same in JSON.
 */
export function renderJson(report: CheckReport): string {
  return `${JSON.stringify(toJson(report), undefined, 2).replaceAll('##[', String.raw`##\u005b`)}\n`
}
