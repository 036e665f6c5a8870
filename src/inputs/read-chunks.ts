import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

const pieceBytes = 1 << 20
const lineFeed = 0x0a

type Encoding = 'utf8' | 'utf16le' | 'utf16be'

/**
 * Reads a file in pieces of 1 MiB, none of which ends inside a character. As kubectl does: a byte order mark says that a
 * file is UTF-16, and bytes that are no UTF-8 are read as U+FFFD; `onInvalid` is told the first line with such bytes.
 * The byte order mark is part of the text. Throws a UsageError where the file cannot be read.
 *
 * The encoding is what golang.org/x/text's BOMOverride makes of it (k8s.io/cli-runtime, resource.FileVisitor).
 */
export function* readChunks(file: string, onInvalid: (line: number) => void): Generator<string, void, undefined> {
  const descriptor = orUsageError(file, () => openSync(file, 'r'))
  try {
    yield* decoded(bytesOf(file, descriptor), onInvalid)
  } finally {
    closeSync(descriptor)
  }
}

/** The file's bytes in pieces, each of which begins with what `use` left of the one before. The last one is marked. */
function* bytesOf(file: string, descriptor: number): Generator<Piece, void, number> {
  const stats = fstatSync(descriptor)
  // Room for the file and what a character may leave over; a pipe does not say how much there is.
  const buffer = Buffer.allocUnsafe(stats.isFile() ? Math.min(pieceBytes, stats.size + 8) : pieceBytes)
  let kept = 0
  for (;;) {
    const read = orUsageError(file, () => readSync(descriptor, buffer, kept, buffer.length - kept, null))
    const bytes = buffer.subarray(0, kept + read)
    const used = yield { bytes, isLast: read === 0 }
    if (read === 0) return
    buffer.copyWithin(0, used, bytes.length)
    kept = bytes.length - used
  }
}

interface Piece {
  readonly bytes: Buffer
  readonly isLast: boolean
}

function* decoded(
  pieces: Generator<Piece, void, number>,
  onInvalid: (line: number) => void,
): Generator<string, void, undefined> {
  let encoding: Encoding | undefined
  let lines = 0
  let isValid = true
  for (let next = pieces.next(); next.done !== true; ) {
    const { bytes, isLast } = next.value
    // Two bytes say which encoding it is; a pipe may give fewer at first.
    if (bytes.length >= 2 || isLast) encoding ??= encodingOf(bytes)
    const length = isLast ? bytes.length : encoding === undefined ? 0 : wholeLength(bytes, encoding)
    const whole = bytes.subarray(0, length)
    if (encoding === 'utf8' && isValid) {
      isValid = isUtf8(whole)
      if (!isValid) onInvalid(lines + 1 + lineFeeds(whole.subarray(0, firstInvalid(whole))))
      lines += lineFeeds(whole)
    }
    if (length > 0) yield textOf(whole, encoding)
    next = pieces.next(length)
  }
}

function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf16be' : 'utf8'
}

/** How many bytes there are without the character that is cut off at the end. */
function wholeLength(bytes: Buffer, encoding: Encoding): number {
  if (encoding !== 'utf8') return bytes.length - (bytes.length % 2)
  // A character has four bytes at most: the first one says how many, and the others are 10xxxxxx.
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return byte >= (back === 3 ? 0xf0 : back === 2 ? 0xe0 : 0xc0) ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function textOf(bytes: Buffer, encoding: Encoding | undefined): string {
  if (encoding !== 'utf16be') return bytes.toString(encoding)
  // A last odd byte is no character.
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    .swap16()
    .toString('utf16le')
}

function firstInvalid(bytes: Buffer): number {
  const valid = Buffer.from(bytes.toString())
  return bytes.findIndex((byte, index) => byte !== valid[index])
}

function lineFeeds(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count += 1
  return count
}

/** Does something with a file; what the system says against it is a UsageError that names the file. */
export function orUsageError<T>(file: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new UsageError(`${file} cannot be read (${code}): name a file, a folder, a glob, or - for standard input`)
  }
}
