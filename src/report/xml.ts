import { printable } from './printable.ts'

/** An element of XML: its attributes in order, and what is in it: elements, already written, or lines of text. */
export interface XmlElement {
  readonly name: string
  /** Without those that are undefined. */
  readonly attributes?: Readonly<Record<string, string | number | undefined>>
  readonly children?: readonly string[]
  readonly text?: readonly string[]
}

/** Writes an element. It is not indented: the lines of a text in it must stay as they are. */
export function xmlElement({ name, attributes = {}, children = [], text = [] }: XmlElement): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`)
  const start = `<${name}${written.join('')}`
  if (text.length > 0) return `${start}>${text.map(xmlText).join('\n')}</${name}>`
  if (children.length === 0) return `${start}/>`
  return `${start}>\n${children.join('\n')}\n</${name}>`
}

/**
 * A line of text for XML 1.0, in an element or an attribute. Characters it must not hold (section 2.2), not even as
 * references, are written as `\u0000`, and so are those that would act on a terminal.
 */
function xmlText(line: string): string {
  return printable(line)
    .replaceAll(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
