import type { Pointer } from '../../kubernetes/pointer.ts'
import type { Fingerprint } from './fingerprint.ts'
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
  /** Tells this credential from another in its place; undefined where the installation has no key for it. */
  readonly fingerprint: string | undefined
}

/** Where in a value something was found. */
export interface Place {
  readonly path: Pointer
  readonly line: number | undefined
  readonly name: string | undefined
  readonly wrapped: number
  /** The value is a file that is called an example: documentation keys in it are only worth a remark. */
  readonly isExample: boolean
  /** The credential, or all of the value it is somewhere in. Only its fingerprint is kept. */
  readonly value: string
}

/** Gathers matches, each place, kind and fingerprint once, up to the limit. */
export class Collector {
  private readonly found: SecretMatch[] = []
  private readonly seen = new Set<string>()
  private readonly fingerprint: Fingerprint | undefined

  constructor(fingerprint: Fingerprint | undefined) {
    this.fingerprint = fingerprint
  }

  add(kind: SecretKind, place: Place): void {
    const { path, line, wrapped } = place
    const fingerprint = this.fingerprint?.(place.value)
    // With its fingerprint: of two on one line the operator may know one, and only that one.
    if (!this.isNew(`${path} ${kind.id} ${line ?? place.name ?? ''} ${fingerprint ?? ''}`)) return
    if (this.found.length >= limits.matches) {
      this.addIncomplete(place)
      return
    }
    const innerKey = place.name === undefined ? undefined : shownName(place.name)
    const confidence = kind.sample === true && place.isExample ? 'low' : kind.confidence
    this.found.push(toMatch({ ...kind, confidence }, { path, line, innerKey, wrapped, fingerprint }))
  }

  /** Says of each value that more was found in it than is told: what is there for long must not hide what is new. */
  private addIncomplete({ path, value }: Place): void {
    if (!this.isNew(`${path} ${kinds.incomplete.id}`)) return
    this.found.push(incompleteMatch({ path, value }, this.fingerprint))
  }

  private isNew(identity: string): boolean {
    if (this.seen.has(identity)) return false
    this.seen.add(identity)
    return true
  }

  matches(): readonly SecretMatch[] {
    return this.found
  }
}

/** What is said of a value that was not scanned to its end. */
export function incompleteMatch(
  { path, value }: Pick<Place, 'path' | 'value'>,
  fingerprint: Fingerprint | undefined,
): SecretMatch {
  return toMatch(kinds.incomplete, {
    path,
    line: undefined,
    innerKey: undefined,
    wrapped: 0,
    fingerprint: fingerprint?.(value),
  })
}

function toMatch(
  { id, title, confidence }: SecretKind,
  place: Omit<SecretMatch, 'kind' | 'title' | 'confidence'>,
): SecretMatch {
  return { kind: id, title, confidence, ...place }
}
