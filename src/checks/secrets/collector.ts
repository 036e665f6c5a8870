import type { Pointer } from '../../kubernetes/pointer.ts'
import { type Confidence, kinds, type SecretKind } from './kind.ts'
import { limits } from './limits.ts'
import { shownName } from './names.ts'

/** A credential that was found. No field holds a character of its value. */
export interface SecretMatch {
  readonly path: Pointer
  /** The stable id of its kind: `aws-access-key`, `password-literal`, … */
  readonly kind: string
  /** The kind in words: `an AWS access key ID`. */
  readonly title: string
  readonly confidence: Confidence
  /** The 1-based line within the value; where the content is encoded, the line of the encoded text. */
  readonly line: number | undefined
  /** The name it stands under inside the value: `spring.datasource.password`. */
  readonly innerKey: string | undefined
  /** Layers of base64 around it, that of binaryData itself aside. */
  readonly wrapped: number
}

/** Where in a value something was found. */
export interface Place {
  readonly path: Pointer
  readonly line: number | undefined
  readonly name: string | undefined
  readonly wrapped: number
  /** The value is a file that is called an example: documentation keys in it are only worth a remark. */
  readonly isExample: boolean
}

/** Gathers matches, each place and kind once, up to the limit. */
export class Collector {
  private readonly found: SecretMatch[] = []
  private readonly seen = new Set<string>()
  private isFull = false

  add(kind: SecretKind, place: Place): void {
    const { path, line, wrapped } = place
    const identity = `${path} ${kind.id} ${line ?? place.name ?? ''}`
    if (this.isFull || this.seen.has(identity)) return
    const innerKey = place.name === undefined ? undefined : shownName(place.name)
    this.seen.add(identity)
    if (this.found.length >= limits.matches) {
      this.isFull = true
      this.found.push(toMatch(kinds.incomplete, { path, line: undefined, innerKey: undefined, wrapped: 0 }))
      return
    }
    const confidence = kind.sample === true && place.isExample ? 'low' : kind.confidence
    this.found.push(toMatch({ ...kind, confidence }, { path, line, innerKey, wrapped }))
  }

  matches(): readonly SecretMatch[] {
    return this.found
  }
}

function toMatch(
  { id, title, confidence }: SecretKind,
  place: Pick<SecretMatch, 'path' | 'line' | 'innerKey' | 'wrapped'>,
): SecretMatch {
  return { kind: id, title, confidence, ...place }
}
