import type { Manifest, ManifestProblem, ProblemKind } from '../manifest/manifest.ts'
import { readManifests } from '../manifest/read.ts'
import { readChunks } from './read-chunks.ts'
import type { Source } from './source.ts'

/** A file that is read anew each time. */
export function fileSource(file: string, found: boolean): Source {
  let invalid: ManifestProblem | undefined
  return {
    file,
    found,
    chunks: () => readChunks(file, (line) => (invalid = notUtf8(file, line))),
    problems: () => (invalid === undefined ? [] : [invalid]),
  }
}

/** A pipe or a device, `<(helm template …)`: it can be read only once, so its text is kept. */
export function pipeSource(file: string): Source {
  const source = fileSource(file, false)
  let pieces: readonly string[] | undefined
  return { ...source, chunks: () => (pieces ??= [...source.chunks()]) }
}

/** Text that has been read already, and what was wrong with it. */
export function textSource(
  file: string,
  found: boolean,
  text: string,
  problems: readonly ManifestProblem[] = [],
): Source {
  return { file, found, chunks: () => (text === '' ? [] : [text]), problems: () => problems }
}

/** All of a file's text. Throws a UsageError where it cannot be read. */
export function readWhole(file: string): string {
  return [...readChunks(file, () => undefined)].join('')
}

/** The objects of a file, in its order; what cannot be read of it is left out. */
export function manifestsIn(file: string): readonly Manifest[] {
  return readManifests(readWhole(file), { file }).manifests
}

/** Something wrong with a file as a whole. */
export function fileProblem(file: string, kind: ProblemKind, message: string, line = 1): ManifestProblem {
  return { file, line, column: 1, kind, message, excerpt: { first: line, lines: [] } }
}

function notUtf8(file: string, line: number): ManifestProblem {
  return fileProblem(file, 'encoding', 'has bytes that are not UTF-8; save the file as UTF-8', line)
}
