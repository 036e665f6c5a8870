import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest, ManifestProblem, ManifestSet } from '../manifest/manifest.ts'
import { readManifests } from '../manifest/read.ts'
import { type Terminal, UsageError } from './terminal.ts'

/** What was read from the paths a person named. */
export interface Inputs {
  readonly manifests: readonly Manifest[]
  readonly problems: readonly ManifestProblem[]
  readonly files: number
  /** The text of a file, for code frames. */
  source(file: string): string | undefined
}

const standardInput = '-'
const manifestEndings = ['.yaml', '.yml', '.json']
const foldersLeftOut = new Set(['node_modules', '.git'])

/**
 * Reads manifests from files, folders (every .yaml, .yml and .json below) and `-`, standard input.
 * Throws a UsageError for a path that cannot be read; a document that cannot is a problem, and the rest is read.
 */
export async function readInputs(paths: readonly string[], terminal: Terminal): Promise<Inputs> {
  const sources = new Map<string, string>()
  const sets: ManifestSet[] = []
  for (const path of paths) {
    if (path === standardInput) {
      const text = await terminal.readInput()
      sources.set('<stdin>', text)
      sets.push(readManifests(text, { file: '<stdin>' }))
    } else readPath(path, sources, sets)
  }
  return {
    manifests: sets.flatMap(({ manifests }) => manifests),
    problems: sets.flatMap(({ problems }) => problems),
    files: sources.size,
    source: (file) => sources.get(file),
  }
}

function readPath(path: string, sources: Map<string, string>, sets: ManifestSet[]): void {
  const isFolder = orUsageError(path, () => statSync(path).isDirectory())
  for (const file of isFolder ? filesBelow(path) : [path]) {
    if (sources.has(file)) continue
    const text = orUsageError(file, () => readFileSync(file, 'utf8'))
    sources.set(file, text)
    const set = readManifests(text, { file })
    // A folder of manifests also holds values files and the like; a file that was named is meant to be a manifest.
    sets.push(isFolder ? { ...set, problems: set.problems.filter(({ kind }) => !isOtherFile(kind)) } : set)
  }
}

function isOtherFile(kind: ManifestProblem['kind']): boolean {
  return kind === 'no-kind' || kind === 'not-an-object'
}

function filesBelow(folder: string): readonly string[] {
  return orUsageError(folder, () => readdirSync(folder, { withFileTypes: true }))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return isLeftOut(entry.name) ? [] : filesBelow(path)
      return manifestEndings.some((ending) => entry.name.endsWith(ending)) && isFile(path) ? [path] : []
    })
}

// "..data" and its like are how the kubelet stores a mounted ConfigMap, whose files are linked beside them.
function isLeftOut(folder: string): boolean {
  return foldersLeftOut.has(folder) || folder.startsWith('..')
}

// A link to a file is followed; a link to a folder could lead in a circle.
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function orUsageError<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new UsageError(`${path} cannot be read (${code}): name a file, a folder, or - for standard input`)
  }
}
