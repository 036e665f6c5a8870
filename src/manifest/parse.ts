import { parseEvents, YAMLException } from 'js-yaml'
import { isArray, isObject, type JsonValue } from '../kubernetes/json.ts'
import { type Composed, compose } from './compose.ts'
import { DocumentFault } from './fault.ts'
import type { DocumentText } from './manifest.ts'
import { tabOnBlankLine } from './tab.ts'

/** How deep a document may be nested: real ones stay below 40, and a recursive reader's stack ends somewhere. */
export const depthLimit = 200

/**
 * Reads one document, JSON or YAML. Never throws: what cannot be read is a DocumentFault with the place in the text.
 * A key that JSON repeats is not noticed; the last one wins, as in kubectl.
 */
export function parseDocument({ text }: DocumentText): Composed | DocumentFault {
  try {
    const json = /^\s*[{[]/.test(text) ? readJson(text) : undefined
    return json === undefined ? readYaml(text) : checkJson(json)
  } catch (error) {
    return faultOf(error, text)
  }
}

function readYaml(text: string): Composed {
  const events = parseEvents(text, { maxDepth: depthLimit })
  const composed = compose(text, events)
  const tab = composed.value === undefined ? -1 : tabOnBlankLine(text, events)
  if (tab >= 0) throw indentedWithTab(tab)
  return composed
}

function readJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse is typed `any`; what it returns is a JsonValue by definition.
    const value: JsonValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function checkJson(value: JsonValue): Composed | DocumentFault {
  const fault = jsonFault(value, depthLimit)
  return fault ?? { value, duplicate: undefined }
}

function jsonFault(value: JsonValue | undefined, depth: number): DocumentFault | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return new DocumentFault('syntax', 0, 'has a number that is out of range; quote it')
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === 0) return tooDeep(0)
  for (const item of isArray(value) ? value : Object.values(value)) {
    const fault = jsonFault(item, depth - 1)
    if (fault !== undefined) return fault
  }
  return undefined
}

function tooDeep(offset: number): DocumentFault {
  return new DocumentFault('too-large', offset, `is nested more than ${depthLimit} levels deep; flatten it`)
}

function faultOf(error: unknown, text: string): DocumentFault {
  const fault = error instanceof DocumentFault ? error : readerFault(error, text)
  const template = fault.kind === 'syntax' ? templateAt(text, fault.offset) : -1
  if (template < 0) return fault
  const message = 'not YAML (a template?): render it first, e.g. helm template … | holdfast check -'
  return new DocumentFault('template', template, message)
}

function readerFault(error: unknown, text: string): DocumentFault {
  if (!(error instanceof YAMLException)) return new DocumentFault('syntax', 0, 'cannot be read as YAML; correct it')
  const offset = error.mark?.position ?? 0
  if (error.reason.includes('maxDepth')) return tooDeep(offset)
  const tab = error.reason.startsWith('tab characters') ? offset : indentingTab(text, offset)
  if (tab >= 0) return indentedWithTab(tab)
  // What follows a colon or a quote is text of the document, which may be a secret (`password: !hunter2{`).
  const reason = error.reason.split(/[:"]/, 1).join('').trimEnd()
  return new DocumentFault('syntax', offset, `cannot be read as YAML: ${reason}; correct it`)
}

function indentedWithTab(offset: number): DocumentFault {
  return new DocumentFault('syntax', offset, 'cannot be read as YAML: a tab is used for indentation; use spaces')
}

/** Where the line of an offset is indented with a tab; -1: nowhere, or in JSON, which may be. */
function indentingTab(text: string, offset: number): number {
  if (/^\s*[{[]/.test(text)) return -1
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const [indentation = ''] = /^[ \t]*/.exec(text.slice(lineStart, offset)) ?? []
  const tab = indentation.indexOf('\t')
  return tab < 0 ? -1 : lineStart + tab
}

/** Where a template's `{{` is: on the line that could not be read, or at a line's beginning anywhere; else -1. */
function templateAt(text: string, offset: number): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = text.indexOf('\n', offset)
  const column = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).indexOf('{{')
  return column >= 0 ? lineStart + column : text.search(/^[ \t]*\{\{/m)
}

/** Whether a document's value is a list of objects written without a List around it. */
export function isObjectArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return isArray(value) && value.some(isObject)
}
