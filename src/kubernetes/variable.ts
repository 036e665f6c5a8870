import type { JsonValue } from './json.ts'

/**
 * Whether a text is to be filled in before it is applied: nobody knows yet what it will be. `${REPLICAS}` is a variable of
 * Flux (Kustomization, "Post build variable substitution"), `{{ .Values.replicas }}` one of templates.
 */
export function isVariable(value: JsonValue): boolean {
  return typeof value === 'string' && (isAround(value, '${', '}') || isAround(value, '{{', '}}'))
}

function isAround(text: string, opening: string, closing: string): boolean {
  const start = text.indexOf(opening)
  return start >= 0 && text.indexOf(closing, start) > start
}
