import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Source } from '../../src/inputs/source.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import type { ToolRun } from '../../src/inputs/outside.ts'
import type { Manifest, ManifestProblem } from '../../src/manifest/manifest.ts'
import { readManifests } from '../../src/manifest/read.ts'

/** Writes files below a folder, and the folders they are in. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** A terminal for reading sources. */
export interface ReadingTerminal extends Terminal {
  /** The command lines that were run. */
  readonly ran: readonly string[]
}

/** A terminal with tools that answer by their command line; what has no answer is not on the PATH. */
export function readingTerminal(
  tools: Readonly<Record<string, string | Partial<ToolRun>>> = {},
  input = '',
): ReadingTerminal {
  const ran: string[] = []
  return {
    ran,
    out: () => undefined,
    error: () => undefined,
    readInput: () => Promise.resolve(input),
    colors: false,
    now: () => new Date(0),
    run(tool, args) {
      const line = [tool, ...args].join(' ')
      ran.push(line)
      const answer = Object.entries(tools).find(([beginning]) => line.startsWith(beginning))?.[1]
      if (answer === undefined) return 'missing'
      return { status: 0, stdout: '', stderr: '', ...(typeof answer === 'string' ? { stdout: answer } : answer) }
    },
  }
}

/** What is read of a source. */
export interface SourceContent {
  readonly source: Source
  readonly text: string
  readonly manifests: readonly Manifest[]
  readonly problems: readonly ManifestProblem[]
}

/** Reads a source to its end. */
export function readSource(source: Source): SourceContent {
  const text = [...source.chunks()].join('')
  const { manifests, problems } = readManifests(text, source)
  return { source, text, manifests, problems: [...source.problems(), ...problems] }
}
