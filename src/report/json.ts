import { type CheckReport, toJson } from './result.ts'

/** Writes a report as one JSON document, indented by two spaces. */
export function renderJson(report: CheckReport): string {
  return `${JSON.stringify(toJson(report), undefined, 2)}\n`
}
