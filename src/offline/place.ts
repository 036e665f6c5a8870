import type { Pointer } from '../kubernetes/pointer.ts'
import { excerptAt } from '../manifest/excerpt.ts'
import type { Excerpt } from '../manifest/manifest.ts'
import { locator } from '../manifest/locate.ts'
import type { DocumentText, Manifest, Position } from '../manifest/manifest.ts'

/** A place in the files, and the lines around it; undefined where they cannot be shown. */
export interface Placed extends Position {
  readonly file: string
  readonly excerpt: Excerpt | undefined
}

/** Says where a pointer into a manifest's object is written. */
export type Place = (manifest: Manifest, path: Pointer) => Placed

/** Places pointers where the manifests themselves have them. The document last asked for is read once. */
export function placer(): Place {
  let last: { readonly document: DocumentText; readonly locate: (pointer: Pointer) => Position } | undefined
  return ({ file, document, pointer }, path) => {
    if (last?.document !== document) last = { document, locate: locator(document) }
    const position = last.locate(pointer + path)
    return { file, ...position, excerpt: excerptAt(document, position) }
  }
}
