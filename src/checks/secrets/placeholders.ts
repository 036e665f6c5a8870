import { placeholderWords, settingValues } from './placeholder-marks.ts'
import { referencePrefixes, templates } from './reference-syntaxes.ts'
import { looksDrawn, looksLikeCredential } from './values.ts'

/** What an expression gives a meaning. */
export const special = /[\\^$.*+?()[\]{}|/]/g

/** One expression for a table of plain texts: it is tried once where the texts would be tried one by one. */
function anyOf(texts: readonly string[], before = '', flags = ''): RegExp {
  return new RegExp(`${before}(?:${texts.map((text) => text.replaceAll(special, '\\$&')).join('|')})`, flags)
}

/** Forms of values that stand for something else. */
export const placeholderExpressions = {
  reference: anyOf(
    referencePrefixes.flatMap((entry) => entry.marks),
    '^',
    'i',
  ),
  word: anyOf(placeholderWords, '', 'gi'),
  /** Sealed Secrets encrypt to base64 that begins like this; recipients of age. */
  sealed: /^(?:Ag[A-Z][A-Za-z0-9+/]{120}|age1[02-9ac-hj-np-z]{50})/,
  /** `$VAR`, `%VAR%`, `@var@`, `__VAR__` as a whole. */
  variable: /^(?:%\w{1,80}%|@[\w.]{1,80}@|__\w{1,80}__|!!?\w{1,40}\.\w{1,80}|![A-Z]\w{1,60} .{1,200})$/,
  /** A variable of a shell, in a longer value too. */
  shellVariable: /\$[A-Za-z_]\w{0,80}|\$\d/g,
  /** `<password` cut off, `[password]`. */
  bracketed: /^<|^\[[\w .-]{1,80}\]$/,
  /** `xxx-token`, `token_xxx`, `your password`. */
  filler: /^x{3,9}[_-]|[_-]x{3,9}$|^x{3,200}$|\byour|(?:[_-]|^)here$|_val(?:ue)?$/i,
  /** Keys that the vendors' documentation shows. */
  sample: /^wJalrXUtnFEMI\/K7MDENG/,
  /** What was left out is not told here. */
  cut: /(?:\.\.\.|…)$|^(?:\.\.\.|…)/,
  /** The beginning of a reference whose end is elsewhere: the value was cut at a quote. */
  opened: /^(?:\$[({]|\{\{)[^)}]{0,400}$/,
  /** Path of a file: absolute, relative, Windows. */
  path: /^(?:~|\.{1,2})?\/(?:[\w.@+ -]{1,200}\/?){0,1}$|^[a-z]:\\/,
  pathWord: /^[a-z._-]{0,80}$/,
  directory:
    /^(?:~|\.{1,2})?\/(?:etc|var|run|opt|home|root|usr|tmp|mnt|secrets?|vault|app|config|certs?|data|keys?|auth|srv|kaniko|docker|github|workspace|bitnami|projected)(?:\/|$)/,
  fileName: /^[\w./@+~-]{1,300}\.(?:pem|key|crt|cer|txt|json|ya?ml|conf|jks|p12|pfx|token|pub|env|cfg|ini)$/,
  /** Text that says that something is to be put here, found in base64. */
  plain: /^(?:\$\{[\w.:-]{1,80}\}|\{\{[^{}]{1,80}\}\}|<[\w .-]{1,80}>)$/,
} as const

const templateStarts = templates.map(({ open }) => open.charAt(0)).join('')

/** What stands in the place of a reference when the rest of a value is looked at. */
const gap = '\0'

/** Whether a value stands for a credential instead of being one: a template, a reference, a sample, a setting, a path. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim()
  const { reference, sealed, sample, variable, cut } = placeholderExpressions
  if (text === '' || settingValues.has(text.toLowerCase()) || isOneCharacter(text.toLowerCase())) return true
  if (cut.test(text)) return true
  if (reference.test(text) || sealed.test(text) || sample.test(text) || variable.test(text) || isPath(text)) return true
  return isReference(text) || isFiller(text)
}

/** Whether a value holds references and, beside them, nothing that is a credential itself. */
function isReference(text: string): boolean {
  const rest = withoutReferences(text)
  if (rest === text) return placeholderExpressions.opened.test(text) && !looksDrawn(text, 8)
  return !holdsLiteral(rest)
}

/** Whether a value holds a word that says it is to be replaced and, beside it, nothing that is a credential itself. */
function isFiller(text: string): boolean {
  const { word, filler, bracketed } = placeholderExpressions
  const rest = text.replace(word, gap)
  if (rest === text && !filler.test(text) && !bracketed.test(text)) return false
  return !holdsLiteral(rest)
}

/** Whether text that was found in base64 is a placeholder beyond doubt: base64 of a password may look like anything. */
export function isPlainPlaceholder(text: string): boolean {
  const { plain, word } = placeholderExpressions
  if (text.length >= 4 && settingValues.has(text.toLowerCase())) return true
  return plain.test(text) || (text.replace(word, '') !== text && isFiller(text))
}

function holdsLiteral(rest: string): boolean {
  return rest.split(gap).some((part) => {
    const text = part.trim()
    return !isPath(text) && (looksDrawn(text, 8) || (looksLikeCredential(text, 8) && !text.includes('://')))
  })
}

/** A value without what is filled in later. Linear: a mark that is not closed once is not closed later either. */
function withoutReferences(text: string): string {
  let rest = ''
  let at = 0
  const unclosed = new Set<string>()
  while (at < text.length) {
    const template = templateStarts.includes(text.charAt(at))
      ? templates.find(({ open }) => !unclosed.has(open) && text.startsWith(open, at))
      : undefined
    const end = template === undefined ? -1 : closeOf(text, template.close, at + template.open.length)
    if (template !== undefined && end < 0) unclosed.add(template.open)
    rest += end < 0 ? text.charAt(at) : gap
    at = end < 0 ? at + 1 : end
  }
  return rest.replace(placeholderExpressions.shellVariable, (name) => (looksDrawn(name, 8) ? name : gap))
}

/** Where what is open ends: behind the mark that closes it, that of what is nested in it aside. */
function closeOf(text: string, close: string, from: number): number {
  const end = text.indexOf(close, from)
  if (end < 0) return -1
  const inner = close === '}' ? text.lastIndexOf('${', end) : -1
  if (inner < from) return end + close.length
  const outer = text.indexOf(close, end + 1)
  return outer < 0 ? end + close.length : outer + close.length
}

/** Whether a value is the path of a file. */
export function isPath(value: string): boolean {
  const text = value.toLowerCase()
  return (
    isDirectoryPath(text) ||
    placeholderExpressions.directory.test(text) ||
    placeholderExpressions.fileName.test(text) ||
    placeholderExpressions.path.test(text)
  )
}

/** `/users/jo/work`: several words after slashes. Base64 may begin with a slash, but has digits. */
function isDirectoryPath(text: string): boolean {
  const parts = text.split('/', 20)
  return parts.length > 2 && parts[0] === '' && parts.every((part) => placeholderExpressions.pathWord.test(part))
}

/** `***`, `xxx`, `---`, `…`: one character, again and again. Letters and digits may be a weak password: `aaa`. */
function isOneCharacter(text: string): boolean {
  const first = text.charAt(0)
  if (!'*x•.-_#?a0=+\\'.includes(first)) return false
  for (const character of text) if (character !== first) return false
  return true
}
