import type { ProblemKind } from './manifest.ts'

/** Why a document cannot be read. Thrown inside this folder only; `parseDocument` turns it into a value. */
export class DocumentFault extends Error {
  readonly kind: ProblemKind
  /** Where in the document's text, in UTF-16 code units. */
  readonly offset: number

  constructor(kind: ProblemKind, offset: number, message: string) {
    super(message)
    this.kind = kind
    this.offset = offset
  }
}
