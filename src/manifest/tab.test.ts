import { describe, expect, it } from 'vitest'
import { readManifests } from './read.ts'

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
const problems = (text: string): readonly string[] =>
  readManifests(text, { file: 'f.yaml' }).problems.map(({ line, column, message }) => `${line}:${column} ${message}`)

const refusal = 'cannot be read as YAML: a tab is used for indentation; use spaces'

describe('a tab before something', () => {
  it.each([
    ['alone', `${head}data:\n\ta: "1"\n`, `6:1 ${refusal}`],
    ['after spaces', `${head}data:\r\n  a: "1"\r\n  \tb: "2"\r\n`, `7:3 ${refusal}`],
    ['before the first key', `\t${head}`, `1:1 ${refusal}`],
    ['before an item', `${head}  finalizers:\n\t- a/b\n`, `6:1 ${refusal}`],
    ['after the hyphen of one that is a mapping', `${head}a:\n-\tb: 1\n`, `6:2 ${refusal}`],
    // kubectl takes it; js-yaml, which reads it here, does not.
    ['in a flow mapping', `${head}data: {\n\ta: "1"}\n`, `6:1 ${refusal}`],
    [
      'in what was to be JSON',
      '{\n\t"apiVersion": "v1"\n\t"kind": "A"\n}',
      '3:2 cannot be read as YAML: missed comma between flow collection entries; correct it',
    ],
  ])('is named: %s', (_where, text, expected) => {
    expect(problems(text)).toEqual([expected])
  })
})

// What kubectl 1.32 (label --local) does with each.
describe('a tab on a line that is blank or a comment', () => {
  it.each([
    ['first of all', `\t\n${head}`, '1:1'],
    ['after a plain scalar', `${head}\t\ndata: {}\n`, '5:1'],
    ['before a comment', `${head}data:\n  \t# none\n  a: "1"\n`, '6:3'],
    ['after a key, however deep', `${head}data:\n      \t\n  a: "1"\n`, '6:7'],
    ['after a quoted scalar, however deep', `${head}data:\n  a: "1"\n      \t\n  b: "2"\n`, '7:7'],
    ['where a plain scalar could not go on', `${head}data:\n  a: x\n  \t\n  b: y\n`, '7:3'],
    ['after a block scalar', `${head}data:\n  a: |\n    x\n\t\n  b: y\n`, '8:1'],
    ['last of all', `${head}data:\n  a: "1"\n\t`, '7:1'],
    ['with CRLF', `${head}data:\n  a: "1"\n\t\n`.replaceAll('\n', '\r\n'), '7:1'],
  ])('is refused %s', (_where, text, place) => {
    expect(problems(text)).toEqual([`${place} ${refusal}`])
  })

  it.each([
    ['where a plain scalar could go on', `${head}data:\n  a: x\n      \t\n  b: y\n`],
    ['where a plain scalar of several lines could go on', `${head}data:\n  a: x\n      y\n    \t\n  b: y\n`],
    ['in a flow mapping', `${head}data: {\n\t\n  a: "1", b: {\n\t# c\n  }}\n`],
    ['in a quoted scalar', `${head}data:\n  a: "x\n\t\n    y"\n`],
    ['in a block scalar', `${head}data:\n  a: |\n    x\n    \t\n    # y\n    \t# z\n`],
    ['after a value', `${head}data:\t\n  a:\t"1"\t# one\n`],
    ['where there is no document', '\t\n'],
  ])('is no matter %s', (_where, text) => {
    expect(problems(text)).toEqual([])
  })

  it('is found in little time, however many there are', () => {
    const start = process.cpuUsage()
    const text = `${head}data:\n  a: x\n${'      \t\n'.repeat(200_000)}`
    expect(problems(text)).toEqual([])
    expect(process.cpuUsage(start).user).toBeLessThan(3_000_000)
  })
})
