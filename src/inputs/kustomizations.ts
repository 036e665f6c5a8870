import { basename, dirname } from 'node:path'
import type { JsonObject } from '../kubernetes/json.ts'
import { groupVersion, referenceOf } from '../kubernetes/object.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { fileProblem, fileSource, manifestsIn, readWhole, textSource } from './file-source.ts'
import { type FoundFile, kustomizationNames } from './found-files.ts'
import { isFragment } from './fragment.ts'
import { type Kustomization, readKustomization, type Role, rootsOf, treeOf } from './kustomization.ts'
import { type Build, build, kustomizeOf, originKey } from './kustomize.ts'
import { onlyDocuments, withoutDocuments } from './masked.ts'
import { recent } from './recent.ts'
import type { Source } from './source.ts'
import type { Outside } from './outside.ts'

// Bases that many overlays name are read once.
const filesKept = 256

/** Whether a file is a kustomization by its name. */
function isKustomization({ file }: Pick<FoundFile, 'file'>): boolean {
  return kustomizationNames.includes(basename(file))
}

/**
 * What is to be read of the kustomizations among files, for each file that they are or name: what kustomize renders, and
 * of the files all that is not part of that. Nothing is passed over but what was judged as rendered and what cannot be
 * applied by itself, so that naming a file in a kustomization hides no object.
 */
export function kustomizationSources(
  files: readonly FoundFile[],
  outside: Pick<Outside, 'run'>,
): ReadonlyMap<FoundFile, readonly Source[]> {
  const read = readOnce()
  const all = [...new Set(files.filter(isKustomization).flatMap(({ file }) => read(dirname(file)) ?? []))]
  const builds = buildAll(all, read, outside)
  const roles = rolesOf([...new Set(all.flatMap((one) => treeOf(one, read)))])
  const rolesElsewhere = rolesOf(kustomizationsAbove(files, read).filter((one) => !all.includes(one)))
  const sources = new Map<FoundFile, readonly Source[]>()
  for (const found of files) {
    const role = all.some(({ path }) => path === found.path) ? 'other' : roles.get(found.path)
    const elsewhere = rolesElsewhere.get(found.path)
    if (role !== undefined) {
      const own = builds.filter(({ path }) => path === found.path).map(({ source }) => source)
      const components = all.filter((one) => one.path === found.path && isAlone(one, builds)).map(loneComponent)
      sources.set(found, [...own, ...components, ...unjudged(found, role, builds)])
    } else if (elsewhere === 'patch' || elsewhere === 'other') {
      const left = unjudged(found, elsewhere, [])
      sources.set(found, left.length === 0 ? [lonePart(found)] : left)
    }
  }
  return sources
}

function buildAll(
  all: readonly Kustomization[],
  read: (folder: string) => Kustomization | undefined,
  outside: Pick<Outside, 'run'>,
): readonly Build[] {
  const roots = rootsOf(all, read)
  if (roots.length === 0) return []
  const reading = { kustomize: kustomizeOf(outside), manifestsIn: recent(filesKept, manifestsIn) }
  return roots.map((root) => build(root, treeOf(root, read), reading))
}

/** The kustomizations in the folders of files, and in those around: what is named alone may be a part of one. */
function kustomizationsAbove(
  files: readonly FoundFile[],
  read: (folder: string) => Kustomization | undefined,
): readonly Kustomization[] {
  const folders = new Set<string>()
  for (const { file } of files) {
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder)
  }
  return [...folders].flatMap((folder) => read(folder) ?? [])
}

function lonePart({ file, found }: FoundFile): Source {
  const message = 'is no object, but part of a kustomization: name the folder of that to have it judged'
  return textSource(file, found, '', [fileProblem(file, 'template', message)])
}

/** Reads the kustomization of a folder once, by whatever name. */
function readOnce(): (folder: string) => Kustomization | undefined {
  const byName = new Map<string, Kustomization | undefined>()
  const byFolder = new Map<string, Kustomization>()
  return (name) => {
    if (byName.has(name)) return byName.get(name)
    const read = readKustomization(name)
    const known = read === undefined ? undefined : (byFolder.get(read.folder) ?? read)
    byName.set(name, known)
    if (known !== undefined) byFolder.set(known.folder, known)
    return known
  }
}

const strength: Readonly<Record<Role, number>> = { other: 0, patch: 1, resource: 2 }

/** What each file is taken for; of several, what least is passed over for. */
function rolesOf(kustomizations: readonly Kustomization[]): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>()
  for (const { path, role } of kustomizations.flatMap(({ parts }) => parts)) {
    const known = roles.get(path)
    if (known === undefined || strength[known] < strength[role]) roles.set(path, role)
  }
  return roles
}

/** Whether a Component is part of nothing that is rendered. */
function isAlone({ isComponent, folder }: Kustomization, builds: readonly Build[]): boolean {
  return isComponent && !builds.some(({ folders }) => folders.has(folder))
}

function loneComponent({ file }: Kustomization): Source {
  const message =
    'is a Component that no kustomization here uses: its resources are read as they are, without its patches'
  return textSource(file, true, '', [fileProblem(file, 'template', message)])
}

/** What of a file is not judged as part of what was rendered, and could be applied by itself. */
function unjudged({ file, path, found }: FoundFile, role: Role, builds: readonly Build[]): readonly Source[] {
  const rendered = builds.filter(({ isRendered, paths }) => isRendered && paths.has(path))
  if (role === 'resource' && rendered.length === 0) return [fileSource(file, found)]
  const manifests = manifestsIn(file)
  const isPassed = (manifest: Manifest, number: number): boolean =>
    rendered.some(({ standsFor }) => standsFor.has(originKey(path, number))) || isNoObject(manifest.object, role)
  const left = new Set(
    manifests.filter((manifest, number) => !isPassed(manifest, number)).map(({ document }) => document),
  )
  const passed = new Set(manifests.map(({ document }) => document).filter((document) => !left.has(document)))
  const text = readWhole(file)
  // What is no object is kustomize's to complain about in a resource, and nobody's in a patch or in data.
  const shown = role === 'resource' ? withoutDocuments(text, [...passed]) : onlyDocuments(text, [...left])
  return shown.trim() === '' ? [] : [textSource(file, found, shown)]
}

/** Whether an object is none that could be applied: a part of one in a patch, or a kustomization. */
function isNoObject(object: JsonObject, role: Role): boolean {
  const { apiVersion } = referenceOf(object)
  if (groupVersion(apiVersion).group === 'kustomize.config.k8s.io') return true
  return role === 'patch' && isFragment(object)
}
