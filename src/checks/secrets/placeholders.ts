import { placeholderWords, referencePrefixes, settingValues, templateMarks } from './placeholder-marks.ts'

/** What an expression gives a meaning. */
export const special = /[\\^$.*+?()[\]{}|/]/g

/** One expression for a table of plain texts: it is tried once where the texts would be tried one by one. */
function anyOf(texts: readonly string[], before = ''): RegExp {
  return new RegExp(`${before}(?:${texts.map((text) => text.replaceAll(special, '\\$&')).join('|')})`)
}

/** Forms of values that stand for something else. */
export const placeholderExpressions = {
  reference: anyOf(
    referencePrefixes.flatMap((entry) => entry.marks),
    '^',
  ),
  template: anyOf(templateMarks.flatMap((entry) => entry.marks)),
  word: anyOf(placeholderWords),
  /** `$VAR`, `%VAR%`, `@var@`, `__VAR__`. */
  variable: /^(?:\$.{0,200}|%\w{1,80}%|@[\w.]{1,80}@|__\w{1,80}__)$/,
  /** `<password>`, `[password]`. */
  bracketed: /^<|>$|^\[[\w .-]{1,80}\]$/,
  /** `xxx-token`, `token_xxx`, `your password`. */
  filler: /^x{3,9}[_-]|[_-]x{3,9}$|^x{3,200}$|\byour|(?:[_-]|^)here$|_val(?:ue)?$/,
  /** Path of a file: absolute, relative, Windows. */
  path: /^(?:~|\.{1,2})?\/(?:[\w.@+ -]{1,200}\/?){0,1}$|^[a-z]:\\/,
  pathWord: /^[a-z._-]{0,80}$/,
  directory:
    /^(?:~|\.{1,2})?\/(?:etc|var|run|opt|home|root|usr|tmp|mnt|secrets?|vault|app|config|certs?|data|keys?|auth|srv|kaniko|docker|github|workspace|bitnami|projected)(?:\/|$)/,
  fileName: /^[\w./@+~-]{1,300}\.(?:pem|key|crt|cer|txt|json|ya?ml|conf|jks|p12|pfx|token|pub|env|cfg|ini)$/,
} as const

/** Whether a value stands for a credential instead of being one: a template, a reference, a sample, a setting, a path. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase()
  if (text === '' || settingValues.has(text) || isOneCharacter(text)) return true
  const { template, reference, word } = placeholderExpressions
  return template.test(text) || reference.test(text) || word.test(text) || isPlaceholderForm(text)
}

function isPlaceholderForm(text: string): boolean {
  const { variable, bracketed, filler } = placeholderExpressions
  return variable.test(text) || bracketed.test(text) || filler.test(text) || isPath(text)
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
