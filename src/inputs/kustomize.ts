import type { JsonObject } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { readManifests } from '../manifest/read.ts'
import { fileProblem, textSource } from './file-source.ts'
import { isContained } from './fragment.ts'
import { folderOf, type Kustomization } from './kustomization.ts'
import { type Origins, originPlace, originsIn, originsOf } from './kustomize-origins.ts'
import { reasonOf, withoutValues } from './run-tool.ts'
import type { Source } from './source.ts'
import type { Outside, ToolRun } from './outside.ts'

/** Renders the kustomization of a folder. */
type Kustomize = (folder: string) => ToolRun | 'missing'

/** What a kustomization and the objects that it is made of are read with. */
export interface Reading {
  /** Undefined where there is no kustomize. */
  readonly kustomize: Kustomize | undefined
  readonly manifestsIn: (file: string) => readonly Manifest[]
}

/** What became of a kustomization that no other one names. */
export interface Build {
  /** The path of its file, as {@link Kustomization} has it. */
  readonly path: string
  readonly source: Source
  /** Whether it was rendered. */
  readonly isRendered: boolean
  /** The folders that it is made of, by their absolute paths. */
  readonly folders: ReadonlySet<string>
  /** The files that it and all that it names are made of, by their absolute paths. */
  readonly paths: ReadonlySet<string>
  /** The objects in them, as {@link originKey}, that are judged as what was rendered of them. */
  readonly standsFor: ReadonlySet<string>
}

/** An object of a file: the file's absolute path, and which of its objects it is. */
export function originKey(path: string, number: number): string {
  return `${path}\n${number}`
}

/** The kustomize of the PATH, or the one in its kubectl; undefined where there is neither. */
export function kustomizeOf({ run }: Pick<Outside, 'run'>): Kustomize | undefined {
  if (run('kustomize', ['version']) !== 'missing') return (folder) => run('kustomize', ['build', '--', folder])
  if (run('kubectl', ['version', '--client']) !== 'missing')
    return (folder) => run('kubectl', ['kustomize', '--', folder])
  return undefined
}

/** Renders a kustomization, of which all it names is given too. Nothing is fetched from elsewhere for it. */
export function build(root: Kustomization, tree: readonly Kustomization[], reading: Reading): Build {
  const { file, path } = root
  const paths = new Set(tree.flatMap(({ parts }) => parts.map((part) => part.path)))
  const folders = new Set(tree.map(({ folder }) => folder))
  const rendered = render(root, tree, reading.kustomize)
  if (typeof rendered !== 'string') {
    const source = textSource(file, true, '', [fileProblem(file, rendered.kind, rendered.message)])
    return { path, source, isRendered: false, folders, paths, standsFor: new Set() }
  }
  const origins = originsIn(tree, reading.manifestsIn)
  const place = originPlace(file, origins)
  const source: Source = { ...textSource(file, true, rendered), rendered: { by: 'kustomize', place } }
  const objects = readManifests(rendered, { file }).manifests.map(({ object }) => object)
  return { path, source, isRendered: true, folders, paths, standsFor: judgedIn(objects, origins, reading) }
}

interface NotRendered {
  readonly kind: 'unrendered' | 'template'
  readonly message: string
}

function render(
  root: Kustomization,
  tree: readonly Kustomization[],
  kustomize: Kustomize | undefined,
): string | NotRendered {
  const folder = folderOf(root)
  const [absent] = tree.flatMap((kustomization) => kustomization.absent)
  if (kustomize === undefined) {
    const without = 'its resources are read as they are, without its patches and generators'
    return { kind: 'template', message: `there is no kustomize and no kubectl to render it: ${without}` }
  }
  if (absent !== undefined) {
    const name = JSON.stringify(withoutValues(absent))
    const message = `names ${name}, which is not here and is not fetched: kustomize build ${folder} | holdfast check -`
    return { kind: 'unrendered', message }
  }
  const ran = kustomize(folder)
  if (ran === 'missing' || ran.status !== 0) {
    const reason = ran === 'missing' ? 'it is gone from the PATH' : reasonOf(ran)
    return { kind: 'unrendered', message: `kustomize cannot render it: ${reason}` }
  }
  return ran.stdout
}

/** Which objects of the files are judged as what was rendered: the resources by their name, the patches by what they say. */
function judgedIn(
  objects: readonly JsonObject[],
  origins: Origins,
  { manifestsIn }: Pick<Reading, 'manifestsIn'>,
): ReadonlySet<string> {
  const judged = new Set<string>()
  const resources = objects.map((object) => originsOf(object, origins).filter(({ part }) => part.role === 'resource'))
  for (const same of resources) {
    // Of two resources with one name, one may have been deleted by a patch: it is judged by itself.
    const count = resources.filter(([first]) => first !== undefined && first === same[0]).length
    if (count >= same.length) for (const { part, number } of same) judged.add(originKey(part.path, number))
  }
  const byKind = Map.groupBy(objects, (object) => referenceOf(object).kind)
  for (const [kind, ofKind] of origins) {
    for (const { part, number } of ofKind.filter((origin) => origin.part.role === 'patch')) {
      const patch = manifestsIn(part.file)[number]
      const isSaid =
        patch !== undefined && byKind.get(kind)?.some((object) => isContained(patch.object, object)) === true
      if (isSaid) judged.add(originKey(part.path, number))
    }
  }
  return judged
}
