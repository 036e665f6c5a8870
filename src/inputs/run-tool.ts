import { spawnSync } from 'node:child_process'
import { oneLine, truncateCharacters } from '../admission/text.ts'
import type { ToolRun } from './outside.ts'

const timeoutMs = 60_000
const maxOutputBytes = 64 << 20
const longestReason = 300

/**
 * Runs a program of the PATH to its end: without a shell, without input, for a minute at most, and with 64 MiB of output
 * at most. `missing` where there is no such program.
 */
export function runTool(tool: string, args: readonly string[]): ToolRun | 'missing' {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxOutputBytes,
  })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return 'missing'
  return { status: status ?? undefined, stdout, stderr }
}

/**
 * Why a program failed, in its own words and on one line: without what YAML readers quote of a document (`!!str` and the
 * value), and without the credentials of addresses.
 */
export function reasonOf({ status, stderr }: ToolRun): string {
  if (status === undefined) return 'it was stopped, for it took too long or wrote too much'
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  // helm ends with advice; kubectl may log its error as err="…".
  const line = lines.findLast((text) => /^error\b/i.test(text)) ?? lines.at(-1) ?? `it ended with exit code ${status}`
  const reason = (/ err="(.*)"$/.exec(line)?.[1] ?? line).replace(/^error: /i, '')
  return truncateCharacters(oneLine(withoutValues(reason)), longestReason)
}

/** A text of a tool without what it quotes of documents, and without credentials in addresses. */
export function withoutValues(text: string): string {
  return text.replaceAll(/(!!\S+) `[^`]*`/g, '$1 `…`').replaceAll(/\/\/[^/@\s]*@/g, '//…@')
}
