import { matchAt, occurrences } from './text.ts'

/** Values that stand inside a reference for when what it refers to is not there. */
export const fallbackExpressions = {
  /** `${NAME:-x}`, `${NAME:=x}` (POSIX), `${some-name:x}` (Spring), `${NAME:'x'}`. */
  braces: /\$\{([\w.[\]-]{1,120}):[-=]?["']?([^{}"'\n]{1,200})["']?\}/y,
  /** `${NAME-x}` (POSIX). A hyphen is part of the name in Spring, whose names are in lower case. */
  hyphen: /\$\{([A-Z_][A-Z0-9_]{0,120})[-=]["']?([^{}"'\n]{1,200})["']?\}/y,
  /** Helm and Jinja: `{{ .Values.db.password | default "x" }}`, `{{ x | default('x') }}`. */
  filter: /\|\s{0,4}default[\s(]{1,4}\\?["']([^"'\n\\]{1,200})/y,
  /** Helm: `{{ default "x" .Values.db.password }}`. */
  first: /\{\{-?\s{0,4}default\s{1,4}\\?["']([^"'\n\\]{1,200})\\?["']\s{1,4}[.$]([\w.]{1,120})/y,
  /** `os.getenv("NAME", "x")`, `os.environ.get('NAME', 'x')`, `ENV.fetch("NAME", "x")`, `env('NAME', 'x')`. */
  call: /\(\s{0,4}["']([\w.-]{1,120})["']\s{0,4},\s{0,20}(?:default\s{0,2}=\s{0,2})?["']([^"'\n]{1,200})["']\s{0,4}[,)]/y,
  /** What reads a setting, and what makes one: `define('NAME', 'x')` of PHP. */
  reader:
    /(?:getenv|environ\.get|fetch|getOrDefault|env|config|lookup|getProperty|get|define|set|put|setProperty|setenv)$/i,
  /** JavaScript: `env.NAME || 'x'`, `env['NAME'] ?? "x"` of the process. */
  operator:
    /(?:process\.env|import\.meta\.env)[.[]["']?(\w{1,120})["']?\]?\s{0,4}(?:\|\||\?\?)\s{0,4}["'`]([^"'`\n]{1,200})/y,
  path: /([A-Za-z][\w.]{0,120})\s{0,4}$/,
} as const

/** A literal that takes effect where a reference leads to nothing. */
interface Fallback {
  readonly offset: number
  readonly name: string
  readonly value: string
}

/** What stands before the colon where a place follows, not a literal: `${env:NAME}`, `${file:/etc/x}` (OpenTelemetry, Kafka). */
const providers: ReadonlySet<string> = new Set(
  'env file vault secret secrets sys ssm config secretsmanager secretmanager aws gcp azure kubernetes k8s directory securevault cf self opt param base64 date ctx'.split(
    ' ',
  ),
)

/** What JavaScript calls the environment. */
const environments: readonly string[] = ['process', 'import.meta'].map((owner) => `${owner}.env`)

/** Characters before a mark that are looked at for the name that it belongs to. */
const before = 140

/** Finds the literals that references fall back on: `${DB_PASSWORD:-x}`, `{{ .Values.password | default "x" }}`. */
export function* fallbacksIn(text: string): Generator<Fallback> {
  const { braces, hyphen, filter, first, call, reader, operator, path } = fallbackExpressions
  for (const offset of occurrences(text, '${')) {
    const [, name = '', value = ''] = matchAt(braces, text, offset) ?? matchAt(hyphen, text, offset) ?? []
    if (value !== '' && !providers.has(name.toLowerCase())) yield { offset, name, value }
  }
  for (const offset of occurrences(text, '{{')) {
    const [, value = '', name = ''] = matchAt(first, text, offset) ?? []
    if (value !== '') yield { offset, name, value }
  }
  for (const offset of occurrences(text, '|')) {
    const value = matchAt(filter, text, offset)?.[1]
    const name = value === undefined ? undefined : path.exec(text.slice(Math.max(0, offset - before), offset))?.[1]
    if (value !== undefined && name !== undefined) yield { offset, name, value }
  }
  for (const offset of occurrences(text, '(')) {
    const [, name = '', value = ''] = matchAt(call, text, offset) ?? []
    if (value !== '' && reader.test(text.slice(Math.max(0, offset - 20), offset))) yield { offset, name, value }
  }
  for (const mark of environments) {
    for (const offset of occurrences(text, mark)) {
      const [, name = '', value = ''] = matchAt(operator, text, offset) ?? []
      if (value !== '') yield { offset, name, value }
    }
  }
}
