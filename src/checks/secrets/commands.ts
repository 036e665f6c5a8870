import { judgeAssignment } from './judge.ts'
import { kinds, type Report } from './kind.ts'
import { isPlaceholder } from './placeholders.ts'
import { occurrences, matchAt } from './text.ts'
import { looksRandom, valueExpressions } from './values.ts'

/** Where a blank, not a sign, stands between a name and its value. */
export const commandExpressions = {
  /** redis.conf, .netrc, sssd and ldap configuration: a keyword, one value, the end of the line. */
  keyword:
    /(?:^|\n)[ \t]{0,40}(password|passwd|requirepass|masterauth|pass|bindpw|rootpw|olcRootPW|secret|token|auth_pass|sentinel auth-pass \w{1,40})[ \t]{1,20}([^\s(){}=:]{3,200})[ \t]{0,10};?(?=\r?\n|$)/gi,
  /** `machine x login y password z` on one line. */
  netrc: /login\s{1,4}\S{1,80}\s{1,4}password\s{1,4}(\S{3,200})/y,
  /** haproxy.cfg: `user bob insecure-password …`, `stats auth bob:…` (HAProxy Configuration Manual, 3.4 and 4.2). */
  haproxyUser: /insecure-password[ \t]{1,10}(\S{3,200})/y,
  haproxyStats: /stats[ \t]{1,10}auth[ \t]{1,10}[^\s:]{1,100}:(\S{3,200})/y,
  /** A flag and its value: on a line, in a list of JSON, in a list of YAML. */
  flag: /--?([A-Za-z][\w-]{0,40})(?:[ \t]{1,4}|["'][ \t]{0,4},\s{0,40}(?=["'])|["']?[ \t]{0,4}\r?\n[ \t]{0,40}-[ \t]{1,4})(["']?)([^\s"'|[\]<>-][^\s"'|[\]<>]{2,300})/y,
  /** Dockerfile: `ENV NAME value`. */
  instruction: /(?:^|\n)[ \t]{0,20}ENV[ \t]{1,8}(\w{1,80})[ \t]{1,8}([^\s=]{3,200})[ \t]{0,10}(?=\r?\n|$)/g,
  /** A word that says secret, a sign or a blank, and a long random value: vendors' keys in free text. */
  nearKeyword: /(?:secret|token|key)["'` \t:=>]{1,4}([\w\-+/.]{20,200}={0,2})(?![\w\-+/=.])/gi,
} as const

/** Characters of a line that are looked at, before and behind a flag. */
const shellLine = 400

/** Finds passwords on command lines and in files that put a blank between a keyword and its value. */
export function findCommands(text: string, report: Report): void {
  for (const expression of [commandExpressions.keyword, commandExpressions.instruction]) {
    for (const match of text.matchAll(expression)) {
      const [whole, name = '', value = ''] = match
      const kind = judgeAssignment({ name, value, quoted: false })
      if (kind !== undefined) report({ kind, offset: match.index + whole.indexOf(name), name, value })
    }
  }
  for (const offset of flagOffsets(text)) {
    const [, name = '', , value = ''] = matchAt(commandExpressions.flag, text, offset) ?? []
    const kind = name === '' ? undefined : judgeAssignment({ name, value, quoted: false })
    if (kind !== undefined && kind.confidence !== 'low' && !isInComment(text, offset)) {
      report({ kind, offset, name, value })
    }
  }
  find(text, 'login', commandExpressions.netrc, report)
  find(text, 'insecure-password', commandExpressions.haproxyUser, report)
  find(text, 'stats', commandExpressions.haproxyStats, report)
  for (const match of text.matchAll(commandExpressions.nearKeyword)) {
    const value = match[1] ?? ''
    if (isRandomText(value)) report({ kind: kinds.nearKeyword, offset: match.index, value })
  }
}

/** Whether the line so far is a comment of a script: prose about the flags. */
function isInComment(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - shellLine), offset)
  return before
    .slice(before.lastIndexOf('\n') + 1)
    .trimStart()
    .startsWith('#')
}

function find(text: string, mark: string, expression: RegExp, report: Report): void {
  for (const offset of occurrences(text, mark)) {
    const value = matchAt(expression, text, offset)?.[1]
    if (value !== undefined && !isPlaceholder(value)) report({ kind: kinds.commandPassword, offset, value })
  }
}

/** Where options begin: two hyphens, or one behind a blank. */
function* flagOffsets(text: string): Generator<number> {
  yield* occurrences(text, '--')
  for (const offset of occurrences(text, ' -')) if (text.charAt(offset + 2) !== '-') yield offset + 1
}

function isRandomText(value: string): boolean {
  return valueExpressions.digit.test(value) && !isPlaceholder(value) && looksRandom(value, 20)
}
