import { judgeAssignment } from './judge.ts'
import type { Report } from './kind.ts'

const longestTag = 80
const longestText = 2000

/** The beginning of a tag, and of an element that names what the next one holds. */
export const markupExpressions = {
  tag: /^[A-Za-z][\w.:-]{0,79}$/,
} as const

/**
 * Finds credentials in XML elements: `<password>x</password>` (Maven, Tomcat), and `<name>k</name><value>v</value>`
 * (Hadoop). One pass over the opening brackets; the text between them is looked at once.
 */
export function findMarkup(text: string, report: Report): void {
  let pending = ''
  for (let open = text.indexOf('<'); open >= 0; ) {
    const next = text.indexOf('<', open + 1)
    if (next < 0) return
    const tag = elementTag(text, open, next)
    if (tag !== undefined && text.startsWith(`</${tag}>`, next)) {
      const value = text.slice(open + tag.length + 2, next)
      const lower = tag.toLowerCase()
      const name = lower === 'value' && pending !== '' ? pending : tag
      const kind = judgeAssignment({ name, value, quoted: true })
      if (kind !== undefined) report({ kind, offset: open, name })
      pending = lower === 'name' || lower === 'key' ? value.trim() : ''
    }
    open = next
  }
}

function elementTag(text: string, open: number, next: number): string | undefined {
  if (next - open > longestText) return undefined
  const inside = text.slice(open + 1, Math.min(next, open + 2 + longestTag))
  const close = inside.indexOf('>')
  const tag = inside.slice(0, Math.max(close, 0))
  return markupExpressions.tag.test(tag) ? tag : undefined
}
