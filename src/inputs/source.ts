import type { ManifestProblem } from '../manifest/manifest.ts'
import type { Place } from '../offline/place.ts'

/** What standard input is called where a file would have its name. */
export const standardInput = '<stdin>'

/** Something that manifests are read from: a file, standard input, or what a tool makes of a folder. */
export interface Source {
  /** As a person would type it: `deploy/claim.yaml`, `<stdin>`; of what is rendered, the chart or the kustomization. */
  readonly file: string
  /** Whether it was found in a folder: then a document without a Kubernetes object is somebody else's, and no mistake. */
  readonly found: boolean
  /** Its text in pieces, from the beginning each time. Throws a UsageError where it cannot be read. */
  chunks(): Iterable<string>
  /** What is wrong with it besides its documents. Complete when its text has been read to the end. */
  problems(): readonly ManifestProblem[]
  /** What rendered it; undefined: the text is the file's own. */
  readonly rendered?: Rendered
}

/** How manifests came about that stand in no file as they are. */
export interface Rendered {
  readonly by: 'helm' | 'kustomize'
  /** Where what a person wrote is that a place in the rendered manifest comes from, as far as it can be told. */
  readonly place: Place
}
