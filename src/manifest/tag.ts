import { DocumentFault } from './fault.ts'
import { readPlain, type ScalarValue } from './scalar.ts'

const prefix = '!<tag:yaml.org,2002:'

/** A tag as it is written, and where. */
export interface WrittenTag {
  readonly tag: string
  readonly offset: number
}

/**
 * The value of a scalar with a tag, as kubectl reads it: `!!int "2"` is a number, `!!binary` is decoded to text, and
 * any tag Kubernetes does not know makes text. Throws a DocumentFault where the value is not what the tag says.
 */
export function readTagged(source: string, { tag, offset }: WrittenTag): ScalarValue {
  const name = tag.startsWith(prefix) ? `!!${tag.slice(prefix.length, -1)}` : tag
  if (name === '!!binary') return readBinary(source, offset)
  const isOfTag = tests.get(name)
  if (isOfTag === undefined) return source
  const value = readPlain(source)
  if (value !== undefined && isOfTag(value)) return value
  throw new DocumentFault('syntax', offset, `has a value that is not what its tag ${name} says; drop the tag`)
}

const tests: ReadonlyMap<string, (value: ScalarValue) => boolean> = new Map([
  ['!!null', (value: ScalarValue) => value === null],
  ['!!bool', (value: ScalarValue) => typeof value === 'boolean'],
  ['!!int', (value: ScalarValue) => Number.isInteger(value)],
  ['!!float', (value: ScalarValue) => typeof value === 'number'],
])

function readBinary(source: string, offset: number): string {
  const text = source.replaceAll(/\s/g, '')
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return Buffer.from(text, 'base64').toString()
  throw new DocumentFault('syntax', offset, 'has a !!binary value that is not base64; correct it')
}
