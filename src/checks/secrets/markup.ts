import { judgeAssignment } from './judge.ts'
import type { Report } from './kind.ts'

const longestTag = 400
const longestText = 2000

/** Tags, and the names that their attributes give. */
export const markupExpressions = {
  tag: /^([A-Za-z][\w.:-]{0,79})(?:\s[^<>]{0,300})?$/,
  /** `<property name="db.password">x</property>`, `<entry key="db.password">x</entry>`. */
  named: /\s(?:name|key|id)\s{0,4}=\s{0,4}["']([\w.:-]{1,120})["']/,
} as const

const characterData = '<![CDATA['

/**
 * Finds credentials in XML elements: `<password>x</password>` (Maven, Tomcat), `<name>k</name><value>v</value>`
 * (Hadoop), `<property name="k">v</property>` (Hibernate). One pass over the opening brackets; the text between them is
 * looked at once.
 */
export function findMarkup(text: string, report: Report): void {
  let pending = ''
  for (let open = text.indexOf('<'); open >= 0; ) {
    const next = text.indexOf('<', open + 1)
    if (next < 0) return
    const element = elementAt(text, open, next)
    if (element !== undefined && text.startsWith(`</${element.tag}>`, element.end)) {
      const { tag, value } = element
      const lower = tag.toLowerCase()
      const name = lower.endsWith('value') && pending !== '' ? pending : (element.name ?? tag)
      const kind = judgeAssignment({ name, value, quoted: true })
      if (kind !== undefined) report({ kind, offset: open, name, value })
      pending = lower.endsWith('name') || lower === 'key' ? value.trim() : ''
    }
    open = next
  }
}

interface Element {
  readonly tag: string
  /** The name that an attribute gives the element. */
  readonly name: string | undefined
  readonly value: string
  /** Where its closing tag should be. */
  readonly end: number
}

function elementAt(text: string, open: number, next: number): Element | undefined {
  if (next - open > longestText) return undefined
  const close = text.slice(open + 1, Math.min(next, open + longestTag)).indexOf('>')
  if (close < 0) return undefined
  const start = open + 1 + close
  const [inside = '', tag = ''] = markupExpressions.tag.exec(text.slice(open + 1, start)) ?? []
  if (tag === '') return undefined
  const name = markupExpressions.named.exec(inside)?.[1]
  if (!text.startsWith(characterData, next)) return { tag, name, value: text.slice(start + 1, next), end: next }
  const from = next + characterData.length
  const length = text.slice(from, from + longestText).indexOf(']]>')
  return length < 0 ? undefined : { tag, name, value: text.slice(from, from + length), end: from + length + 3 }
}
