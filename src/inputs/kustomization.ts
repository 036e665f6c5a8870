import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { asArray, asObject, asString, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { DocumentFault } from '../manifest/fault.ts'
import { parseDocument } from '../manifest/parse.ts'
import { readWhole } from './file-source.ts'
import { kustomizationNames } from './found-files.ts'

/** What a kustomization takes a file for: objects of its output, changes to them, or anything else. */
export type Role = 'resource' | 'patch' | 'other'

/** A file that a kustomization names. */
export interface Part {
  /** As a person would type it. */
  readonly file: string
  /** Its absolute path without links. */
  readonly path: string
  readonly role: Role
}

/** One kustomization file, and what it names. */
export interface Kustomization {
  /** As a person would type it. */
  readonly file: string
  /** Its name in the absolute path of its folder without links. */
  readonly path: string
  /** The absolute path of its folder without links. */
  readonly folder: string
  readonly isComponent: boolean
  readonly parts: readonly Part[]
  /** The folders it names, as a person would type them. */
  readonly folders: readonly string[]
  /** What it names that is neither a file nor a folder here: addresses, and what is missing. */
  readonly absent: readonly string[]
}

/** Reads the kustomization of a folder; undefined where there is none, or none that can be read. */
export function readKustomization(folder: string): Kustomization | undefined {
  const own = kustomizationNames.find((name) => existsSync(join(folder, name)))
  if (own === undefined) return undefined
  const file = join(folder, own)
  const parsed = parseDocument({ text: readWhole(file), start: { line: 1, column: 1 }, offset: 0 })
  if (parsed instanceof DocumentFault) return undefined
  const document = asObject(parsed.value)
  const found = namedBy(document).map(({ name, role }) => ({ name, role, file: join(folder, name) }))
  const isAt = ({ file: path }: { readonly file: string }, what: 'isFile' | 'isDirectory'): boolean =>
    statSync(path, { throwIfNoEntry: false })?.[what]() === true
  return {
    file,
    path: join(realpathSync(folder), own),
    folder: realpathSync(folder),
    isComponent: document['kind'] === 'Component',
    parts: found
      .filter((part) => isAt(part, 'isFile'))
      .map((part) => ({ file: part.file, path: realpathSync(part.file), role: part.role })),
    folders: found.filter((part) => isAt(part, 'isDirectory')).map((part) => part.file),
    absent: found.filter((part) => !isAt(part, 'isFile') && !isAt(part, 'isDirectory')).map(({ name }) => name),
  }
}

interface Named {
  readonly name: string
  readonly role: Role
}

/** What a kustomization names: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
function namedBy(document: JsonObject): readonly Named[] {
  const list = (key: string): readonly JsonValue[] => asArray(member(document, key))
  const pathsOf = (key: string): readonly (JsonValue | undefined)[] => list(key).map((item) => member(item, 'path'))
  const generators = [...list('configMapGenerator'), ...list('secretGenerator')]
  return [
    ...inRole('resource', ['resources', 'bases', 'components'].flatMap(list)),
    ...inRole('patch', [...pathsOf('patches'), ...list('patchesStrategicMerge'), ...pathsOf('patchesJson6902')]),
    ...inRole('other', [
      ...['crds', 'configurations', 'generators', 'transformers', 'validators'].flatMap(list),
      ...pathsOf('replacements'),
      member(member(document, 'openapi'), 'path'),
      ...generators.flatMap((generator) => asArray(member(generator, 'files')).map(withoutKey)),
      ...generators.flatMap((generator) => asArray(member(generator, 'envs'))),
      ...generators.map((generator) => member(generator, 'env')),
    ]),
  ]
}

function inRole(role: Role, names: readonly (JsonValue | undefined)[]): readonly Named[] {
  return names.flatMap((name) => (typeof name === 'string' && isPath(name) ? [{ name, role }] : []))
}

// A patch or a generator may also be written in place, as YAML or JSON.
function isPath(text: string): boolean {
  return text !== '' && !text.includes('\n') && !text.trimStart().startsWith('{')
}

// `files` of a generator: a path, or KEY=PATH.
function withoutKey(file: JsonValue): JsonValue | undefined {
  const text = asString(file)
  return text?.slice(text.indexOf('=') + 1)
}

/** A kustomization and every one that it names, directly or not, each once. */
export function treeOf(
  root: Kustomization,
  read: (folder: string) => Kustomization | undefined,
): readonly Kustomization[] {
  const tree = new Map([[root.folder, root]])
  for (const { folders } of tree.values()) {
    for (const folder of folders) {
      const next = read(folder)
      if (next !== undefined && !tree.has(next.folder)) tree.set(next.folder, next)
    }
  }
  return [...tree.values()]
}

/**
 * The kustomizations that are rendered by themselves: those that no other one names. A Component is only ever part of
 * another. Of those that name one another in a circle each is rendered, and fails.
 */
export function rootsOf(
  all: readonly Kustomization[],
  read: (folder: string) => Kustomization | undefined,
): readonly Kustomization[] {
  const trees = new Map(all.map((one) => [one, new Set(treeOf(one, read).map(({ folder }) => folder))]))
  const candidates = all.filter(({ isComponent }) => !isComponent)
  const roots = candidates.filter((one) => !all.some((other) => other !== one && trees.get(other)?.has(one.folder)))
  const reached = new Set(roots.flatMap((root) => [...(trees.get(root) ?? [])]))
  return [...roots, ...candidates.filter(({ folder }) => !reached.has(folder))]
}

/** The folder of a kustomization, as a person would type it. */
export function folderOf({ file }: Pick<Kustomization, 'file'>): string {
  return dirname(file)
}
