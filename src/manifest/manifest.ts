import type { JsonObject } from '../kubernetes/json.ts'
import type { Pointer } from '../kubernetes/pointer.ts'

/** A place in a file: both 1-based, columns in UTF-16 code units (what editors and SARIF count by default). */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A few lines of a file around a place, so that nothing else of the file has to be kept. */
export interface Excerpt {
  /** The number in the file of the first of the lines, from 1. */
  readonly first: number
  /** Without their line breaks. */
  readonly lines: readonly string[]
}

/** The raw text of one document, and where in its file it begins. */
export interface DocumentText {
  readonly text: string
  /** The position of the first character of `text`. */
  readonly start: Position
  /** How many UTF-16 code units of the file come before `text`. */
  readonly offset: number
}

/** One Kubernetes object as a person wrote it. */
export interface Manifest {
  readonly file: string
  /** The number of its document in the file, from 0; empty documents do not count. */
  readonly index: number
  /** Where in the document the object is: '' for the document itself, `/items/0` for an item of a List. */
  readonly pointer: Pointer
  readonly object: JsonObject
  readonly document: DocumentText
}

/**
 * What is wrong with a document:
 * `syntax` cannot be read, `template` is a template that has not been rendered, `duplicate-key` is read as kubectl does
 * (the last one wins), `not-an-object` and `no-kind` are no Kubernetes object, `unknown-kind` is one of a kind that
 * cannot be, `too-large` is beyond a limit. Of whole files: `encoding` is not all text and is read as kubectl does,
 * `unrendered` is a chart or a kustomization that its tool cannot render.
 */
export type ProblemKind =
  | 'syntax'
  | 'template'
  | 'duplicate-key'
  | 'not-an-object'
  | 'no-kind'
  | 'unknown-kind'
  | 'too-large'
  | 'encoding'
  | 'unrendered'

/** A document, or an item of a List, that could not be read as it should. */
export interface ManifestProblem extends Position {
  readonly file: string
  readonly kind: ProblemKind
  /** One line: what is wrong, and what to do. Never holds a value of the document but a misspelt kind. */
  readonly message: string
  /** The lines around. They may hold a secret: nobody knows what a document is that cannot be read. */
  readonly excerpt: Excerpt
}

/** What a text holds: the objects that could be read, and what was wrong with the rest, both in order. */
export interface ManifestSet {
  readonly manifests: readonly Manifest[]
  readonly problems: readonly ManifestProblem[]
}
