import { kinds, type Report } from './kind.ts'
import { isPlaceholder } from './placeholders.ts'

/** A Secret written out inside a text, in YAML. */
export const manifestExpressions = {
  kind: /(?:^|\n)kind:[ \t]{1,4}["']?Secret["']?[ \t]{0,4}(?=\r?\n|$)/g,
  section: /^(?:data|stringData):[ \t]*$/,
  entry: /^[ \t]{1,20}["']?([\w.-]{1,253})["']?:[ \t]{1,4}(.{1,400})$/,
  /** Keys of a Secret that are no credential. */
  plainKey: /^(?:user(?:name)?|name|host|port|database|db|type|url|namespace|ca\.crt|tls\.crt)$/i,
  blockScalar: /^[|>][+-]?\d?$/,
} as const

/** Finds Secret manifests whose data or stringData holds more than placeholders. */
export function findSecretManifests(text: string, report: Report): void {
  if (!text.includes('Secret')) return
  let end = -1
  for (const match of text.matchAll(manifestExpressions.kind)) {
    // Each document is looked at once, however often it says its kind.
    if (match.index < end) continue
    const next = text.indexOf('\n---', match.index)
    const start = text.lastIndexOf('\n---', match.index) + 1
    const from = Math.max(start, end, 0)
    end = next < 0 ? text.length : next
    if (hasData(text.slice(from, end))) report({ kind: kinds.secretManifest, offset: match.index })
  }
}

function hasData(document: string): boolean {
  let inSection = false
  for (const raw of document.split('\n')) {
    const line = raw.trimEnd()
    if (line !== '' && !line.startsWith(' ')) inSection = manifestExpressions.section.test(line)
    const [, key = '', value = ''] = (inSection && manifestExpressions.entry.exec(line)) || []
    if (key === '' || manifestExpressions.plainKey.test(key)) continue
    if (!manifestExpressions.blockScalar.test(value) && !isPlaceholder(unquoted(value))) return true
  }
  return false
}

function unquoted(value: string): string {
  return value.replaceAll('"', '').replaceAll("'", '')
}
