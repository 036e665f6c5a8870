import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitChunks, splitDocuments, splitJson } from './split.ts'

describe('splitDocuments', () => {
  test.each<[string, string, [string, number][]]>([
    ['one document', 'a: 1\n', [['a: 1\n', 1]]],
    [
      'a marker between',
      'a: 1\n---\nb: 2\n',
      [
        ['a: 1\n', 1],
        ['---\nb: 2\n', 2],
      ],
    ],
    ['a marker first', '---\na: 1\n', [['---\na: 1\n', 1]]],
    [
      'a comment after the marker',
      'a: 1\n--- # b\nb: 2',
      [
        ['a: 1\n', 1],
        ['--- # b\nb: 2', 2],
      ],
    ],
    [
      'a value on the marker',
      'a: 1\n--- {b: 2}\n',
      [
        ['a: 1\n', 1],
        ['--- {b: 2}\n', 2],
      ],
    ],
    [
      'a tab after the marker',
      'a: 1\n---\t\nb: 2',
      [
        ['a: 1\n', 1],
        ['---\t\nb: 2', 2],
      ],
    ],
    [
      'an end marker',
      'a: 1\n...\nb: 2\n',
      [
        ['a: 1\n', 1],
        ['b: 2\n', 3],
      ],
    ],
    [
      'an end marker, then a marker',
      'a: 1\n...\n---\nb: 2\n',
      [
        ['a: 1\n', 1],
        ['---\nb: 2\n', 3],
      ],
    ],
    ['a directive', '%YAML 1.2\n# c\n---\na: 1\n', [['%YAML 1.2\n# c\n---\na: 1\n', 1]]],
    [
      'a second directive',
      'a: 1\n...\n%YAML 1.2\n---\nb: 2',
      [
        ['a: 1\n', 1],
        ['%YAML 1.2\n---\nb: 2', 3],
      ],
    ],
    [
      'CRLF',
      'a: 1\r\n---\r\nb: 2\r\n',
      [
        ['a: 1\r\n', 1],
        ['---\r\nb: 2\r\n', 2],
      ],
    ],
    ['a byte order mark', '\uFEFF---\na: 1', [['---\na: 1', 1]]],
    [
      'the left edge of a block scalar',
      'a: |\n  x\n---\nb: 2',
      [
        ['a: |\n  x\n', 1],
        ['---\nb: 2', 3],
      ],
    ],
    ['an indented marker', 'a: |\n  ---\n  x\n', [['a: |\n  ---\n  x\n', 1]]],
    ['four dashes', 'a: 1\n----\n', [['a: 1\n----\n', 1]]],
    ['a word that begins with dashes', '---a\n', [['---a\n', 1]]],
    [
      'a marker at the very end',
      'a: 1\n---',
      [
        ['a: 1\n', 1],
        ['---', 2],
      ],
    ],
    ['nothing', '', []],
    ['only a byte order mark', '\uFEFF', []],
  ])('%s', (_, text, parts) => {
    expect(splitDocuments(text).map((document) => [document.text, document.start.line])).toEqual(parts)
  })

  test('loses nothing and knows the offset of each part', () => {
    const line = fc.constantFrom('---', '...', 'a: 1', '--- x', '%YAML 1.2', '# c', '', '  b', '---\r')
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n')
        for (const part of splitDocuments(text)) {
          expect(text.slice(part.offset, part.offset + part.text.length)).toBe(part.text)
          expect(text.slice(0, part.offset).split('\n').length).toBe(part.start.line)
        }
      }),
    )
  })
})

describe('splitChunks', () => {
  test('gives the same documents, however the text is cut', () => {
    const line = fc.constantFrom('---', '...', 'a: 1', '--- x', '%YAML 1.2', '# c', '', '  b', '---\r', '\uFEFF')
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(40)), (lines, cuts) => {
        const text = lines.join('\n')
        const places = [...new Set(cuts)].sort((left, right) => left - right)
        const chunks = [0, ...places].map((begin, index) => text.slice(begin, places[index]))
        expect([...splitChunks(chunks)]).toEqual(splitDocuments(text))
      }),
    )
  })

  test('gives a document before the next piece is asked for', () => {
    const asked: number[] = []
    function* pieces() {
      for (const number of [1, 2, 3]) {
        asked.push(number)
        yield `a: ${number}\n---\n`
      }
    }
    const documents = splitChunks(pieces())
    expect([documents.next().value?.text, asked]).toEqual(['a: 1\n', [1]])
  })
})

describe('splitJson', () => {
  const split = (text: string) =>
    splitJson({ text, start: { line: 3, column: 5 }, offset: 100 })?.map((part) => [part.text, part.start, part.offset])

  test('finds objects in a row and where they begin', () => {
    expect(split('{"a":"}"}{"b":[{}]}\n {"c":"\\""}\n')).toEqual([
      ['{"a":"}"}', { line: 3, column: 5 }, 100],
      ['{"b":[{}]}', { line: 3, column: 14 }, 109],
      ['{"c":"\\""}', { line: 4, column: 2 }, 121],
    ])
  })

  test.each(['{"a":1}', '{a: 1} b', '{"a":1', '{"a":"', '', '}', '{}}', 'a {}'])('%j is not objects in a row', (text) =>
    expect(split(text)).toBeUndefined(),
  )

  test('is linear in a line of twenty thousand objects', () => {
    expect(split('{"a":1}'.repeat(20_000))?.length).toBe(20_000)
  })
})
