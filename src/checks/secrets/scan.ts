import type { Pointer } from '../../kubernetes/pointer.ts'
import { findAssignments } from './assignments.ts'
import { contentOf, encodedTokens, fromBase64, isWorthDecoding } from './base64.ts'
import { Collector, type SecretMatch } from './collector.ts'
import { findCommands } from './commands.ts'
import { fingerprintWith } from './fingerprint.ts'
import { findFallbacks } from './defaults.ts'
import { judgeAssignment } from './judge.ts'
import { findJwts } from './jwt.ts'
import { type Hit, kinds, type SecretKind, type TextDetector } from './kind.ts'
import { isHarmless } from './harmless.ts'
import { multilineStrings } from './json-strings.ts'
import { findKnownFormats } from './known-formats.ts'
import { limits } from './limits.ts'
import { findSecretManifests } from './manifests.ts'
import { findMarkup } from './markup.ts'
import { nameBefore } from './pairs.ts'
import { findPrivateKeys } from './private-keys.ts'
import { findProgramPasswords } from './program-passwords.ts'
import { findServiceKeys } from './service-keys.ts'
import { findStructures } from './structures.ts'
import { lastAtMost, lineCounter } from './text.ts'
import { findUrlCredentials } from './urls.ts'

/** One value to scan. */
export interface SecretEntry {
  /** Where it is in its object: `/data/app.env`. */
  readonly path: Pointer
  /** The name it has there: the data key, the variable's name. */
  readonly key: string
  readonly value: string
  /** `base64` as in binaryData; default `text`. */
  readonly encoding?: 'text' | 'base64'
}

const textDetectors: readonly TextDetector[] = [
  findKnownFormats,
  findPrivateKeys,
  findJwts,
  findUrlCredentials,
  findStructures,
  findSecretManifests,
  findAssignments,
  findMarkup,
  findCommands,
  findProgramPasswords,
  findServiceKeys,
  findFallbacks,
]

/** Files that say of themselves that they only show how it is done. */
export const scanExpressions = {
  exampleName: /example|sample/i,
} as const

const { exampleName } = scanExpressions

/** A text on its way through the layers. */
interface Layer {
  readonly entry: SecretEntry
  readonly text: string
  readonly depth: number
  readonly wrapped: number
  /** The line of the entry's value that an offset of this text belongs to, where that is known. */
  readonly lineAt: (offset: number) => number | undefined
}

/**
 * Finds credentials in values: known token formats, private keys, keystores, JSON Web Tokens, passwords in URLs and
 * under names that say so, all of it also inside base64 and gzip. Time is linear in the length of the values; what the
 * limits cut off is reported as `scan-incomplete`. Never throws. Without a key matches have no
 * fingerprint. `decodedBytes` is what may be decoded of base64 and gzip, in bytes.
 */
export function scanEntries(
  entries: Iterable<SecretEntry>,
  fingerprintKey?: string,
  decodedBytes: number = limits.decodedBytes,
): readonly SecretMatch[] {
  const scan = new Scan(fingerprintKey, decodedBytes)
  for (const entry of entries) scan.scanEntry(entry)
  return scan.collector.matches()
}

/** One scan: what was found, and what is left of the budget. */
class Scan {
  readonly collector: Collector
  private budget: number

  constructor(fingerprintKey: string | undefined, decodedBytes: number) {
    this.budget = decodedBytes
    this.collector = new Collector(fingerprintKey === undefined ? undefined : fingerprintWith(fingerprintKey))
  }

  scanEntry(entry: SecretEntry): void {
    if (entry.encoding !== 'base64' && isHarmless(entry.key, entry.value)) return
    const text = entry.value.slice(0, limits.valueLength)
    if (text.length < entry.value.length) this.add(kinds.incomplete, { entry, wrapped: 0 })
    if (entry.encoding === 'base64') {
      const content = this.decode(text)
      if (typeof content !== 'string') this.add(content, { entry, wrapped: 0 })
      else this.scanValue({ entry, text: content, depth: 0, wrapped: 0, lineAt: lineCounter(content) })
      return
    }
    this.scanValue({ entry, text, depth: 0, wrapped: 0, lineAt: lineCounter(text) })
  }

  /** Scans a value that stands under the entry's own name. */
  private scanValue(layer: Layer): void {
    const value = layer.text.trim()
    if (!value.includes('\n')) {
      const kind = judgeAssignment({ name: layer.entry.key, value, quoted: true })
      if (kind !== undefined) this.add(kind, layer)
    }
    this.scanText(layer)
  }

  private scanText(layer: Layer): void {
    for (const detect of textDetectors) detect(layer.text, (hit) => this.add(hit.kind, layer, named(layer.text, hit)))
    if (layer.depth < limits.depth) {
      this.scanEmbedded(layer)
      this.scanEncoded(layer)
    } else if (this.hasMoreLayers(layer.text)) {
      this.add(kinds.incomplete, layer)
    }
  }

  /** Scans the files inside a JSON document. Their lines are no lines of the value. */
  private scanEmbedded(layer: Layer): void {
    const strings = multilineStrings(layer.text)
    if (strings.length === 0) return
    this.scanText({ ...layer, text: strings.join('\n'), depth: layer.depth + 1, lineAt: () => undefined })
  }

  /** Scans what a text holds in base64, all of it as one text, so that many small parts cost what a long one does. */
  private scanEncoded(layer: Layer): void {
    const whole = layer.text.trim().length
    const starts: number[] = []
    const offsets: number[] = []
    let joined = ''
    for (const { token, offset } of encodedTokens(layer.text)) {
      if (!isWorthDecoding(token)) continue
      const content = this.decode(token)
      if (typeof content !== 'string') {
        this.add(content, { ...layer, wrapped: layer.wrapped + 1 }, { kind: content, offset })
      } else if (token.length >= whole - 2) {
        this.scanValue({ ...innerLayer(layer, content), lineAt: () => layer.lineAt(offset) })
      } else {
        starts.push(joined.length)
        offsets.push(offset)
        joined += `${content}\n`
      }
    }
    if (joined === '') return
    const lineAt = (at: number): number | undefined => layer.lineAt(offsets[lastAtMost(starts, at)] ?? 0)
    this.scanText({ ...innerLayer(layer, joined), lineAt })
  }

  /** Decodes base64, and gzip in it: to its text ('' where it is opaque), or to what it is instead. */
  private decode(token: string): string | SecretKind {
    if (token.length * 0.75 > this.budget + 2) return kinds.incomplete
    const bytes = fromBase64(token)
    this.budget -= bytes.length
    const content = contentOf(bytes, this.budget)
    switch (content.type) {
      case 'text':
        this.budget -= content.unpacked
        return content.text
      case 'keystore':
        return content.kind
      case 'opaque':
        return ''
      case 'too-large':
        return kinds.incomplete
      default:
        return content satisfies never
    }
  }

  private hasMoreLayers(text: string): boolean {
    for (const { token } of encodedTokens(text)) {
      if (isWorthDecoding(token) && this.decode(token) !== '') return true
    }
    return false
  }

  private add(
    kind: SecretKind,
    { entry, lineAt, wrapped }: Pick<Layer, 'entry' | 'wrapped'> & Partial<Layer>,
    hit?: Hit,
  ) {
    this.collector.add(kind, {
      path: entry.path,
      line: hit === undefined ? undefined : lineAt?.(hit.offset),
      name: hit?.name,
      wrapped,
      isExample: exampleName.test(entry.key),
      // Where the credential itself is not known, all of its value stands for it: then any change is noticed.
      value: hit?.value ?? entry.value,
    })
  }
}

/** A hit with the name it stands under, where its detector did not look for one. */
function named(text: string, hit: Hit): Hit {
  const name = hit.name ?? nameBefore(text, hit.offset)
  return name === undefined ? hit : { ...hit, name }
}

function innerLayer(layer: Layer, text: string): Omit<Layer, 'lineAt'> {
  return { entry: layer.entry, text, depth: layer.depth + 1, wrapped: layer.wrapped + 1 }
}
