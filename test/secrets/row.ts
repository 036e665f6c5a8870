import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { asString, isObject, type JsonObject, type JsonValue, member } from '../../src/kubernetes/json.ts'

/** One labelled document. */
export interface Row {
  readonly id: string
  /** Whether it holds a credential. */
  readonly label: 'secret' | 'clean'
  readonly type: string
  /** Where it is from: generated, a public repository. */
  readonly origin: string
  /** What it was written in: a file format; of collected documents, the kind of object. */
  readonly carrier: string
  readonly configmap: JsonObject
}

/** A collection of documents cannot be read; the message says which line. It never holds any of a document. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError'
}

/**
 * Reads a collection of labelled documents: gzip, a JSON object on each line with the fields of a row.
 *
 * @throws CorpusError when the file cannot be read, is no gzip, is empty, or a line is no row.
 */
export function readCorpus(file: string): readonly Row[] {
  const rows = textOf(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [toRow(line, `${file}, line ${index + 1}`)]))
  if (rows.length === 0) throw new CorpusError(`${file} holds no rows`)
  const ids = new Set<string>()
  for (const { id } of rows) {
    if (ids.has(id)) throw new CorpusError(`${file}: the id ${id} occurs twice`)
    ids.add(id)
  }
  return rows
}

function textOf(file: string): string {
  let packed: Buffer
  try {
    packed = readFileSync(file)
  } catch (error) {
    throw new CorpusError(`${file} cannot be read: ${reason(error)}`, { cause: error })
  }
  try {
    return gunzipSync(packed).toString('utf8')
  } catch (error) {
    throw new CorpusError(`${file} is no whole gzip file: ${reason(error)}`, { cause: error })
  }
}

function toRow(line: string, place: string): Row {
  const value = parse(line, place)
  if (!isObject(value)) throw new CorpusError(`${place}: a row is a JSON object`)
  const text = (field: string): string => {
    const found = asString(member(value, field))
    if (found === undefined || found === '') throw new CorpusError(`${place}: ${field} is no text`)
    return found
  }
  const label = text('label')
  if (label !== 'secret' && label !== 'clean') throw new CorpusError(`${place}: label is neither secret nor clean`)
  const configmap = member(value, 'configmap')
  if (!isObject(configmap)) throw new CorpusError(`${place}: configmap is no object`)
  return { id: text('id'), label, type: text('type'), origin: text('origin'), carrier: text('carrier'), configmap }
}

function parse(line: string, place: string): JsonValue {
  try {
    return JSON.parse(line)
  } catch (error) {
    // What JSON.parse says quotes the line, which may hold a credential.
    throw new CorpusError(`${place}: no JSON`, { cause: error })
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
