import { globSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { orUsageError } from './read-chunks.ts'
import { UsageError } from './usage-error.ts'

/** Something to be read. */
export interface FoundFile {
  readonly type: 'file' | 'pipe' | 'standard input'
  /** As a person would type it. */
  readonly file: string
  /** The same for the same file, however it is named: its absolute path, without links; see {@link realPath}. */
  readonly path: string
  /** Whether nobody named it: it was found in a folder, or by a glob. */
  readonly found: boolean
}

/** What the paths that a person named lead to. */
export interface Collected {
  /** In the order of the paths, those of a folder in the order of names; none twice. */
  readonly files: readonly FoundFile[]
  /** How many files were left out because an ignore file says so. */
  readonly ignored: number
}

const standardInput = '-'
const manifestEndings = ['.yaml', '.yml', '.json']
const foldersLeftOut = new Set(['node_modules', '.git'])

/** The file of a chart that says what it is. */
export const chartName = 'Chart.yaml'

/** What a kustomization's file may be called (sigs.k8s.io/kustomize, konfig.RecognizedKustomizationFileNames). */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/**
 * Finds the files that paths lead to: files, folders (every .yaml, .yml and .json below), globs where there is no file of
 * that very name, and `-`, standard input. Throws a UsageError for a path that is nothing.
 */
export function collectFiles(paths: readonly string[], isIgnored: (file: string) => boolean): Collected {
  const files = new Map<string, FoundFile>()
  const ignored = new Set<string>()
  for (const file of paths.flatMap(filesOf)) {
    const known = files.get(file.path)
    if (file.type === 'file' && isIgnored(file.file)) ignored.add(file.path)
    else if (known === undefined || (known.found && !file.found)) files.set(file.path, file)
  }
  return { files: [...files.values()], ignored: ignored.size }
}

function filesOf(path: string): readonly FoundFile[] {
  if (path === standardInput) return [{ type: 'standard input', file: '<stdin>', path, found: false }]
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined && /[*?[{]/.test(path)) return filesOfGlob(path)
  return filesAt(path, stats ?? orUsageError(path, () => statSync(path)), false)
}

function filesAt(path: string, stats: Stats, found: boolean): readonly FoundFile[] {
  if (stats.isDirectory()) return filesBelow(path, realpathSync(path))
  if (stats.isFile()) return [{ type: 'file', file: path, path: realPath(path), found }]
  return [{ type: 'pipe', file: path, path: resolve(path), found: false }]
}

function filesOfGlob(pattern: string): readonly FoundFile[] {
  const matches = globSync(pattern, { exclude: (path) => isLeftOut(basename(path)) }).toSorted()
  const files = matches.flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false })
    const isWanted = stats?.isDirectory() === true || (stats?.isFile() === true && isManifestName(path))
    return stats !== undefined && isWanted ? filesAt(path, stats, true) : []
  })
  if (files.length === 0) throw new UsageError(`${pattern} matches no .yaml, .yml or .json file`)
  return files
}

function filesBelow(folder: string, realFolder: string): readonly FoundFile[] {
  return orUsageError(folder, () => readdirSync(folder, { withFileTypes: true }))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry): readonly FoundFile[] => {
      const file = join(folder, entry.name)
      const path = join(realFolder, entry.name)
      if (entry.isDirectory()) return isLeftOut(entry.name) ? [] : filesBelow(file, path)
      if (!isManifestName(entry.name) || !isFile(file)) return []
      return [{ type: 'file', file, path: entry.isSymbolicLink() ? realPath(file) : path, found: true }]
    })
}

/**
 * A file's absolute path without links. What a chart or a kustomization says is about the folder it stands in, so a link to
 * such a file is one of its own.
 */
function realPath(file: string): string {
  const name = basename(file)
  return name === chartName || kustomizationNames.includes(name)
    ? join(realpathSync(dirname(file)), name)
    : realpathSync(file)
}

function isManifestName(file: string): boolean {
  return manifestEndings.some((ending) => file.endsWith(ending)) || kustomizationNames.includes(basename(file))
}

// "..data" and its like are how the kubelet stores a mounted ConfigMap, whose files are linked beside them.
function isLeftOut(folder: string): boolean {
  return foldersLeftOut.has(folder) || (folder.startsWith('..') && folder.length > 2)
}

// A link to a file is followed; a link to a folder could lead in a circle.
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
