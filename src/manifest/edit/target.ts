import type { JsonValue } from '../../kubernetes/json.ts'
import type { Pointer } from '../../kubernetes/pointer.ts'
import type { EntryNode, MappingNode, Node, SequenceNode } from '../tree.ts'
import type { Style } from './style.ts'

/** A change of a document's text, in offsets into it. */
export interface RawEdit {
  readonly offset: number
  readonly length: number
  readonly text: string
  /** The places in the document's value that it changes. */
  readonly paths: readonly Pointer[]
}

/** What a plan is made with, and what it consists of; it lives for one document. */
export interface Plan {
  readonly text: string
  readonly style: Style
  readonly edits: RawEdit[]
  /** Texts that became other than asked for: what is put in quotes stays as it was written (`yes`, `0022`). */
  readonly quoted: Map<Pointer, string>
}

/** Where a node stands: as the value of an entry, as an item of a list, or alone. */
export type Slot =
  | { readonly in: 'mapping'; readonly mapping: MappingNode; readonly entry: EntryNode }
  | { readonly in: 'sequence'; readonly sequence: SequenceNode }
  | { readonly in: 'document' }

/** A node and what it is to become. */
export interface Target {
  readonly node: Node
  readonly before: JsonValue
  readonly after: JsonValue
  readonly path: Pointer
  readonly slot: Slot
}
