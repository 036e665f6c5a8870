import { judgeAssignment } from './judge.ts'
import { kinds, type Report } from './kind.ts'
import { isPlaceholder } from './placeholders.ts'
import { occurrences, matchAt } from './text.ts'
import { looksRandom, valueExpressions } from './values.ts'

/** Where a blank, not a sign, stands between a name and its value. */
export const commandExpressions = {
  /** redis.conf, .netrc, sssd and ldap configuration: a keyword, one value, the end of the line. */
  keyword:
    /(?:^|\n)[ \t]{0,40}(password|passwd|requirepass|masterauth|pass|bindpw|rootpw|secret|token|auth_pass|sentinel auth-pass \w{1,40})[ \t]{1,20}([^\s(){}=:]{3,200})[ \t]{0,10};?(?=\r?\n|$)/gi,
  /** `machine x login y password z` on one line. */
  netrc: /login\s{1,4}\S{1,80}\s{1,4}password\s{1,4}(\S{3,200})/y,
  flag: /--([A-Za-z][\w-]{0,40})[ \t]{1,4}(["']?)([^\s"'|[\]<>-][^\s"'|[\]<>]{2,300})/y,
  sshpass: /sshpass\s{1,4}-p\s{0,4}["']?([^\s"'$]{3,200})/y,
  curl: /(?:-u|--user)[ =]?\s{0,3}["']?[^\s:"'$]{1,100}:([^\s"'$]{3,200})/y,
  mysql: /-p([^\s"'$-][^\s"'$]{3,100})/y,
  redis: /-a\s{1,4}["']?([^\s"'$-][^\s"'$]{2,200})/y,
  /** A word that says secret, a sign or a blank, and a long random value: vendors' keys in free text. */
  nearKeyword: /(?:secret|token|key)["'` \t:=>]{1,4}([\w\-+/.]{20,200}={0,2})(?![\w\-+/=.])/gi,
} as const

/** Characters of a line that are looked at, before and behind a flag. */
const shellLine = 400

/** Finds passwords on command lines and in files that put a blank between a keyword and its value. */
export function findCommands(text: string, report: Report): void {
  for (const match of text.matchAll(commandExpressions.keyword)) {
    const [whole, name = '', value = ''] = match
    const kind = judgeAssignment({ name, value, quoted: false })
    if (kind !== undefined) report({ kind, offset: match.index + whole.indexOf(name), name })
  }
  for (const offset of occurrences(text, '--')) {
    const [, name = '', , value = ''] = matchAt(commandExpressions.flag, text, offset) ?? []
    const kind = name === '' ? undefined : judgeAssignment({ name, value, quoted: false })
    if (kind !== undefined && kind.confidence !== 'low' && !isInComment(text, offset)) report({ kind, offset, name })
  }
  find(text, 'login', commandExpressions.netrc, report)
  find(text, 'sshpass', commandExpressions.sshpass, report)
  findAfterProgram(text, 'curl ', '-u', commandExpressions.curl, report)
  findAfterProgram(text, 'mysql', ' -p', commandExpressions.mysql, report)
  findAfterProgram(text, 'redis-cli', ' -a', commandExpressions.redis, report)
  for (const match of text.matchAll(commandExpressions.nearKeyword)) {
    const value = match[1] ?? ''
    if (isRandomText(value)) report({ kind: kinds.nearKeyword, offset: match.index })
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
    if (value !== undefined && !isPlaceholder(value)) report({ kind: kinds.commandPassword, offset })
  }
}

/** Looks for a flag on the lines on which a program is called; a line is read once, however often it names it. */
function findAfterProgram(text: string, program: string, flag: string, expression: RegExp, report: Report): void {
  let searched = 0
  for (const offset of occurrences(text, program)) {
    const start = Math.max(offset, searched)
    const line = text.slice(start, offset + shellLine).split('\n', 1)[0] ?? ''
    searched = start + line.length
    for (const at of occurrences(line, flag)) {
      const value = matchAt(expression, line, flag.startsWith(' ') ? at + 1 : at)?.[1]
      if (value !== undefined && !isPlaceholder(value)) report({ kind: kinds.commandPassword, offset: start + at })
    }
  }
}

function isRandomText(value: string): boolean {
  return valueExpressions.digit.test(value) && !isPlaceholder(value) && looksRandom(value, 20)
}
