import { isArray, isJsonValue, type JsonValue } from '../kubernetes/json.ts'
import { formatStep } from '../kubernetes/pointer.ts'
import { type CompiledExpression, compileExpression } from './cel/compile.ts'
import { describe } from './schema-violations.ts'
import { foundVariables } from './variables.ts'

/** What an assertion found, for the words about it. */
export type Found = Readonly<Record<(typeof foundVariables)[number], JsonValue | undefined>>

/** A message with places to fill in: `volumeBindingMode is {{actual}}`. */
export interface Template {
  /**
   * The text with every place filled in, but for `{{field}}`, which stays: the field's real path is known later.
   * Throws a CelError where an expression fails.
   */
  render(context: Readonly<Record<string, unknown>>, found: Found): string
}

type Part = string | { readonly found: keyof Found } | { readonly expression: CompiledExpression }

/** What stands for the field's path in a rendered text. */
export const fieldPlace = '{{field}}'

/**
 * Compiles `{{CEL expression}}` places. A string is put in as it is, a list as its items in JSON; `{{actual}}` and
 * `{{expected}}` are shown as JSON, or as `not set`.
 * Throws a CelError on an expression that does not compile.
 *
 * @param variables what the expressions may read besides what was found.
 */
export function compileTemplate(source: string, variables: readonly string[]): Template {
  return templateOf(source, variables, (value) => value)
}

/**
 * Compiles a JSON pointer with `{{CEL expression}}` places: a text that begins with `/` is put in as a pointer, any
 * other value as one step, escaped. Throws a CelError on an expression that does not compile.
 */
export function compilePlace(source: string, variables: readonly string[]): Template {
  return templateOf(source, variables, (value) => (value.startsWith('/') ? value : formatStep(value).slice(1)))
}

function templateOf(source: string, variables: readonly string[], written: (value: string) => string): Template {
  const parts = [...partsOf(source, variables)]
  if (parts.every((part) => typeof part === 'string')) {
    const text = parts.join('')
    return { render: () => text }
  }
  return {
    render(context, found) {
      // Not a copy: what the context has yet to work out is worked out where it is read.
      const words: Record<string, unknown> = Object.create(context)
      words['actual'] = found.actual ?? null
      words['expected'] = found.expected ?? null
      let text = ''
      for (const part of parts) text += typeof part === 'string' ? part : written(fill(part, words, found))
      return text
    },
  }
}

function* partsOf(source: string, variables: readonly string[]): Generator<Part> {
  let rest = source
  while (rest !== '') {
    const open = rest.indexOf('{{')
    const close = open < 0 ? -1 : rest.indexOf('}}', open)
    if (close < 0) {
      yield rest
      return
    }
    if (open > 0) yield rest.slice(0, open)
    yield place(rest.slice(open + 2, close).trim(), variables)
    rest = rest.slice(close + 2)
  }
}

function place(source: string, variables: readonly string[]): Part {
  if (source === 'field') return fieldPlace
  if (source === 'actual' || source === 'expected') return { found: source }
  return { expression: compileExpression(source, { variables: [...variables, ...foundVariables], result: 'any' }) }
}

function fill(part: Exclude<Part, string>, words: Readonly<Record<string, unknown>>, found: Found): string {
  if ('found' in part) return describe(found[part.found])
  const value = part.expression.evaluate(words)
  if (typeof value === 'string') return value
  if (!isJsonValue(value)) return typeof value
  return isArray(value) ? value.map((item) => describe(item)).join(', ') : describe(value)
}
