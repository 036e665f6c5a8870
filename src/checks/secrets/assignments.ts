import { judgeAssignment } from './judge.ts'
import type { Report } from './kind.ts'
import { containerWords } from './name-words.ts'
import { classifyName, type NameClass } from './names.ts'
import { type NamePart, readName, readValue } from './pairs.ts'
import { matchAt } from './text.ts'

/** Where an assignment stands. */
export const assignmentExpressions = {
  /** What may stand between the beginning of a line and a name that the whole line is about. */
  lead: /^[\s-]{0,60}(?:(?:export|set|local|const|let|var|define|env|arg|declare|readonly)\s{1,4})?["']?$/i,
  comment: /[ \t]{0,200}(?:#(?!cloud-config|!)|\/\/|;|--[ \t])/y,
  /** .npmrc: `//registry.example.com/:_authToken=x` is no comment. */
  registryLine: /\/\/[\w./:-]{1,200}:_/y,
  /** `PGPASSWORD=x psql -h db`: a variable of one command. */
  commandVariable: /^([^\s"'`]{3,200}) {1,4}[\w./-]{2,80} {1,4}-/,
  /** One word on a line of its own, deeper than the line above it or in quotes. */
  scalar:
    /\r?\n(?:[ \t]{2,80}|(?=["']))(["']?)([^\s"':=#{}[\]<>,-][^\s"':=#{}[\]<>,]{2,200})\1,?[ \t]{0,10}(?=\r?\n|\}|$)/y,
  /** An anchor or a tag of YAML before a value. */
  property: /^(?:&[\w-]{1,60}|!!\w{1,20})[ \t]{1,4}/,
  /** HCL: the variable whose default is given. */
  variable: /variable\s{1,4}"([\w-]{1,80})"\s{0,4}\{[^{}]{0,300}$/,
  blockScalar: /^[|>][+-]?\d?$/,
} as const

/** How far behind `name: X` its `value: Y` may stand. */
const pairDistance = 400
const deepestNesting = 64

interface Parent {
  readonly indent: number
  readonly name: string
}

/**
 * Finds credentials by the name they are assigned to, in any notation that writes a name, `=` or `:`, and a value:
 * env, properties, INI, TOML, YAML, JSON (also escaped inside another text), HCL, shell, connection strings, XML
 * attributes. One pass over the separators: no grammar is parsed, and none has to be valid.
 */
export function findAssignments(text: string, report: Report): void {
  const walk = new Walk(text, report)
  let lineStart = 0
  for (let at = walk.startLine(0); at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10) {
      lineStart = at + 1
      at = walk.startLine(lineStart) - 1
    } else if (code === 58 || code === 61) {
      walk.visit(at, lineStart)
    }
  }
}

/** The state of one pass: the names above the current line, and a name whose value is still to come. */
class Walk {
  private readonly text: string
  private readonly report: Report
  private parents: readonly Parent[] = []
  private readUntil = 0
  private unnamed: { readonly value: string; readonly quoted: boolean; readonly start: number } | undefined
  private pending: { readonly name: string; readonly until: number } | undefined
  /** Names occur again and again; whether one is of interest is decided once. */
  private readonly known = new Map<string, NameClass | 'container' | 'none'>()

  constructor(text: string, report: Report) {
    this.text = text
    this.report = report
  }

  /** Where to go on at the beginning of a line: a comment is passed over. */
  startLine(at: number): number {
    const { comment, registryLine } = assignmentExpressions
    if (matchAt(comment, this.text, at) === undefined || matchAt(registryLine, this.text, at) !== undefined) return at
    const end = this.text.indexOf('\n', at)
    return end < 0 ? this.text.length : end
  }

  visit(separator: number, lineStart: number): void {
    const next = this.text.charAt(separator + 1)
    const part = readName(this.text, separator)
    if (part === undefined) return
    if (next === '\n' || next === '\r') {
      this.descend(part, lineStart)
      return this.judgeNextLine(part, separator, lineStart)
    }
    // `a:b` is a host and a port, a time, a URL; `a: b` and `"a":"b"` are assignments.
    if (this.text.charAt(separator) === ':' && !part.quoted && !' \t=:"\''.includes(next)) return
    if (part.start < this.readUntil || this.classOf(part.name) === 'none') return
    const toLineEnd = this.fillsLine(part, lineStart)
    if (!toLineEnd && !part.quoted && this.text.charAt(separator) === ':' && !this.isInFlow(part)) return
    const value = readValue(this.text, separator, toLineEnd)
    if (value === undefined) return
    if (!value.quoted && value.value === part.name && this.isPassedOn(part, separator)) return
    // What stands inside an unquoted value is part of it; inside a quoted one it may be a connection string.
    if (!value.quoted) this.readUntil = separator + value.value.length
    if (toLineEnd && !value.quoted && assignmentExpressions.blockScalar.test(value.value)) {
      this.descend(part, lineStart)
      return this.judge(part, this.nextLine(separator), false, lineStart)
    }
    const variable = value.quoted ? undefined : assignmentExpressions.commandVariable.exec(value.value)?.[1]
    const bare = value.quoted ? value.value : value.value.replace(assignmentExpressions.property, '')
    this.judge(part, variable ?? bare, value.quoted, lineStart)
  }

  /** A value that stands alone on the line below its name. */
  private judgeNextLine(part: NamePart, separator: number, lineStart: number): void {
    const { scalar } = assignmentExpressions
    const known = this.classOf(part.name)
    if (known === 'none' || known === 'container') return
    const [, quote = '', value = ''] = matchAt(scalar, this.text, separator + 1) ?? []
    if (value !== '') this.judge(part, value, quote !== '', lineStart)
  }

  private judge(part: NamePart, value: string, quoted: boolean, lineStart: number): void {
    const lower = part.name.toLowerCase()
    const name = this.effectiveName(part, lower, lineStart)
    if (lower === 'name' || lower === 'key') {
      this.judgePair(value, part)
      this.pending = { name: value, until: part.start + pairDistance }
      if (name === part.name) return
    }
    const known = this.classOf(name)
    this.unnamed = lower === 'value' && name === part.name ? { value, quoted, start: part.start } : undefined
    if (known === 'container' || known === 'none') return
    const kind = judgeAssignment({ name, value, quoted, nameClass: known })
    if (kind !== undefined) this.report({ kind, offset: part.start, name, value })
  }

  /** A value that stands before its name: keys are sorted in what programs write. */
  private judgePair(name: string, { start }: NamePart): void {
    const { unnamed } = this
    this.unnamed = undefined
    if (unnamed === undefined || start > unnamed.start + pairDistance) return
    const kind = judgeAssignment({ name, ...unnamed })
    if (kind !== undefined) this.report({ kind, offset: unnamed.start, name, value: unnamed.value })
  }

  /** The name that says most: the `name` beside a `value`, or the parent's with the own. */
  private effectiveName(part: NamePart, lower: string, lineStart: number): string {
    if (lower === 'value' && this.pending !== undefined && part.start <= this.pending.until) {
      const { name } = this.pending
      this.pending = undefined
      return name
    }
    if (!containerWords.has(lower) || this.classOf(part.name) !== 'container') return part.name
    if (lower === 'default') {
      const before = this.text.slice(Math.max(0, part.start - pairDistance), part.start)
      const variable = assignmentExpressions.variable.exec(before)?.[1]
      if (variable !== undefined) return variable
    }
    const parent = this.parents.findLast((candidate) => candidate.indent < part.start - lineStart)
    return parent === undefined ? part.name : `${parent.name}_${part.name}`
  }

  private descend(part: NamePart, lineStart: number): void {
    const indent = part.start - lineStart
    const above = this.parents.filter((parent) => parent.indent < indent)
    if (above.length < deepestNesting) this.parents = [...above, { indent, name: part.name }]
  }

  private classOf(name: string): NameClass | 'container' | 'none' {
    const known = this.known.get(name)
    if (known !== undefined) return known
    const isContainer = name === 'name' || containerWords.has(name.toLowerCase())
    const found = classifyName(name) ?? (isContainer ? 'container' : 'none')
    if (this.known.size < 2000) this.known.set(name, found)
    return found
  }

  private fillsLine(part: NamePart, lineStart: number): boolean {
    const length = part.start - lineStart
    return length <= 80 && assignmentExpressions.lead.test(this.text.slice(lineStart, part.start))
  }

  /** `password=password,`: an argument of a call. */
  private isPassedOn({ name }: NamePart, separator: number): boolean {
    return this.text.startsWith(`${name},`, separator + 1) || this.text.startsWith(`${name})`, separator + 1)
  }

  /** Whether a name stands in a flow mapping: `{a: b, name: value}`. */
  private isInFlow(part: NamePart): boolean {
    let at = part.start - 1
    while (at >= 0 && part.start - at < 40 && this.text.charAt(at) === ' ') at -= 1
    return this.text.charAt(at) === '{' || this.text.charAt(at) === ','
  }

  private nextLine(from: number): string {
    const start = this.text.indexOf('\n', from) + 1
    const end = start === 0 ? -1 : this.text.indexOf('\n', start)
    return start === 0 ? '' : this.text.slice(start, end < 0 ? this.text.length : end).trim()
  }
}
