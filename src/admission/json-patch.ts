import type { JsonValue } from '../kubernetes/json.ts'
import type { Pointer } from '../kubernetes/pointer.ts'

/** One step of a JSON Patch (RFC 6902). `add` on an object's existing member replaces it. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: Pointer; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: Pointer }
