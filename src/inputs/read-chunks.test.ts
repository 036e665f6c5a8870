import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testFolder } from '../../test/support/command-line.ts'
import { pipeSource } from './file-source.ts'
import { readChunks } from './read-chunks.ts'
import { UsageError } from './usage-error.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const mebibyte = 1 << 20

interface Reading {
  readonly pieces: readonly string[]
  readonly invalid: readonly number[]
}

function readBytes(bytes: Uint8Array): Reading {
  const file = join(folder.path, 'bytes.yaml')
  writeFileSync(file, bytes)
  const invalid: number[] = []
  return { pieces: [...readChunks(file, (line) => invalid.push(line))], invalid }
}

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('readChunks', () => {
  it.each(['é', '€', '😀'])('cuts no %s in two, wherever the piece ends', (character) => {
    for (const before of [0, 1, 2, 3]) {
      const text = 'a'.repeat(before) + character.repeat(mebibyte)
      const { pieces, invalid } = readBytes(Buffer.from(text))
      expect(pieces.length).toBeGreaterThan(1)
      expect(pieces.every((piece) => piece.isWellFormed() && !piece.includes('\uFFFD'))).toBe(true)
      expect(pieces.join('') === text).toBe(true)
      expect(invalid).toEqual([])
    }
  })

  it.each<[string, Uint8Array, string, readonly number[]]>([
    ['nothing', Buffer.from(''), '', []],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFkind: Pod\n'), '\uFEFFkind: Pod\n', []],
    ['UTF-16, little end first', utf16('kind: Pod\n'), '\uFEFFkind: Pod\n', []],
    ['UTF-16, big end first', utf16('kind: é😀\n').swap16(), '\uFEFFkind: é😀\n', []],
    ['UTF-16 with half a character', Buffer.concat([utf16('a').swap16(), Buffer.of(0)]), '\uFEFFa', []],
    ['Latin-1', Buffer.from('a: b\nc: d\ne: café\n', 'latin1'), 'a: b\nc: d\ne: caf\uFFFD\n', [3]],
    ['a character that is cut off', Buffer.from('a: é').subarray(0, 4), 'a: \uFFFD', [1]],
    ['a replacement character that somebody wrote', Buffer.from('a: \uFFFD\n'), 'a: \uFFFD\n', []],
    ['one byte', Buffer.from('a'), 'a', []],
  ])('reads %s as kubectl does', (_name, bytes, text, invalid) => {
    const read = readBytes(bytes)
    expect({ text: read.pieces.join(''), invalid: read.invalid }).toEqual({ text, invalid })
  })

  it('says the line of the first bytes that are no text in a later piece, once', () => {
    const lines = Buffer.from('a: 1\n'.repeat(mebibyte / 4))
    expect(readBytes(Buffer.concat([lines, Buffer.of(0xe9, 0x0a), lines, Buffer.of(0xe9)])).invalid).toEqual([
      mebibyte / 4 + 1,
    ])
  })

  it('says what cannot be read', () => {
    expect(() => [...readChunks(join(folder.path, 'absent.yaml'), () => undefined)]).toThrow(UsageError)
    expect(() => [...readChunks(folder.path, () => undefined)]).toThrow(/cannot be read \(EISDIR\)/)
  })

  it('reads a pipe once and gives its text as often as it is asked for', () => {
    const pipe = join(folder.path, 'pipe')
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', pipe])
    const writer = spawn('sh', ['-c', `{ printf 'kind: '; sleep 0.1; printf 'Pod'; } > "$1"`, 'sh', pipe])
    const source = pipeSource(pipe)
    expect([...source.chunks()].join('')).toBe('kind: Pod')
    expect([...source.chunks()].join('')).toBe('kind: Pod')
    writer.kill()
  })
})
