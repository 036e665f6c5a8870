import { sourcesOf } from '../../src/inputs/sources.ts'
import type { ToolRun } from '../../src/inputs/outside.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import type { Pointer } from '../../src/kubernetes/pointer.ts'
import { readingTerminal, readSource, writeTree } from './tree.ts'

/** What was read of a folder. */
export interface Read {
  /** `FILE:LINE KIND NAME` of every object, or of a pointer in it. */
  readonly objects: readonly string[]
  readonly problems: readonly string[]
  readonly ran: readonly string[]
}

/** What programs of the PATH answer, by name; others are missing. */
export type Tools = Readonly<Record<string, string | Partial<ToolRun>>>

/** Writes files into a folder, makes it the working folder, and reads it. */
export async function readFolder(
  root: string,
  files: Readonly<Record<string, string>>,
  tools: Tools,
  { pointer = '', path = '.' }: { readonly pointer?: Pointer; readonly path?: string } = {},
): Promise<Read> {
  writeTree(root, files)
  process.chdir(root)
  const terminal = readingTerminal(tools)
  const { sources } = await sourcesOf([path], terminal)
  const contents = sources.map(readSource)
  return {
    objects: contents.flatMap(({ source, manifests }) =>
      manifests.map((manifest) => {
        const placed = source.rendered?.place(manifest, pointer)
        const where = placed === undefined ? `${source.file} raw` : `${placed.file}:${placed.line}`
        return `${where} ${referenceOf(manifest.object).kind}`
      }),
    ),
    problems: contents.flatMap(({ problems }) =>
      problems
        .filter(({ kind }) => kind !== 'no-kind')
        .map(({ file, line, kind, message }) => `${file}:${line} ${kind} ${message}`),
    ),
    ran: terminal.ran,
  }
}
