import { renderJson } from './json.ts'
import type { ReportFormat } from './renderer.ts'
import { renderText } from './text.ts'

/** Every format a report can be written in; the first is the default. A new one is a file and a line here. */
export const renderers: readonly ReportFormat[] = [
  { name: 'text', description: 'For people: each violation with its lines and its fix.', render: renderText },
  { name: 'json', description: 'For programs: everything that was found, as one JSON document.', render: renderJson },
]
