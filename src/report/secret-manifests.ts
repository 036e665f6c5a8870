import { stringify } from 'yaml'
import { asString, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { fieldPath, parsePointer, type Pointer, resolve } from '../kubernetes/pointer.ts'
import { printable } from './printable.ts'

/** A credential that belongs into a Secret. */
export interface Move {
  readonly file: string
  readonly object: JsonObject
  readonly namespace: string
  /** Where the value is in the object. */
  readonly path: Pointer
  readonly secretName: string
}

/** What a Secret takes of a value, and how it is referred to then. */
interface Item {
  readonly key: string
  readonly value: string
  readonly encoded: boolean
  readonly reference: string
}

/** A Secret as it is put together. */
interface Draft {
  readonly namespace: string
  readonly name: string
  readonly comments: string[]
  readonly stringData: Map<string, string>
  readonly data: Map<string, string>
}

/**
 * Writes Secret manifests, one for each object, with the values themselves: to be applied, not to be kept. Above each
 * stand the places that the values are from, and how to refer to them. A value that cannot be told from what is around
 * it, such as one inside a shell command, is left out and named.
 */
export function secretManifests(moves: readonly Move[]): string {
  const drafts = new Map<string, Draft>()
  for (const move of moves) {
    const identity = `${move.namespace}/${move.secretName}`
    const draft = drafts.get(identity) ?? emptyDraft(move)
    drafts.set(identity, draft)
    add(draft, move)
  }
  return [...drafts.values()].map(written).join('')
}

function emptyDraft({ namespace, secretName }: Move): Draft {
  return { namespace, name: secretName, comments: [], stringData: new Map(), data: new Map() }
}

function add(draft: Draft, move: Move): void {
  const { kind, name } = referenceOf(move.object)
  const place = `${move.file}: ${kind} ${name} ${fieldPath(move.path)}`
  const item = itemOf(move)
  if (item === undefined) {
    draft.comments.push(`${place}: cut the credential out by hand; it stands among other words`)
    return
  }
  const values = item.encoded ? draft.data : draft.stringData
  const key = freeKey(draft, values, item)
  values.set(key, item.value)
  draft.comments.push(`${place}: ${item.reference.replace('KEY', () => key)}`)
}

/** The key, with a number where another value has it already. */
function freeKey({ data, stringData }: Draft, values: ReadonlyMap<string, string>, { key, value }: Item): string {
  let free = key
  for (let number = 2; (data.has(free) || stringData.has(free)) && values.get(free) !== value; number += 1) {
    free = `${key}-${number}`
  }
  return free
}

const variable = /\/env\/\d+\/value$/
const header = /\/httpHeaders\/\d+\/value$/
const assignment = /^(?:--?)?([A-Za-z_][\w.-]{0,200})=(\S+)$/

/** What of a value goes into the Secret; undefined where that cannot be told. */
function itemOf({ object, path }: Move): Item | undefined {
  const value = asString(resolve(object, path))
  if (value === undefined) return undefined
  const [field = ''] = parsePointer(path)
  if (field === 'binaryData') return { key: lastStep(path), value, encoded: true, reference: 'mount key KEY as a file' }
  if (field === 'data') return dataItem(path, value)
  if (field === 'parameters') {
    return {
      key: lastStep(path),
      value,
      encoded: false,
      reference: 'key KEY; the driver says which key it reads',
    }
  }
  if (variable.test(path)) {
    const reference = 'valueFrom.secretKeyRef with key KEY instead of value'
    return { key: keyOf(nameBeside(object, path)), value, encoded: false, reference }
  }
  if (header.test(path)) return undefined
  return assigned(value, 'key KEY')
}

/** A data key: alone on its line as it is, one assignment by its own name, anything larger as a file. */
function dataItem(path: Pointer, value: string): Item {
  const key = lastStep(path)
  const text = value.trim()
  const reference = 'valueFrom.secretKeyRef with key KEY, or mount it as a file'
  if (text.includes('\n')) return { key, value, encoded: false, reference: 'mount key KEY as a file' }
  return assigned(text, reference) ?? { key, value: text, encoded: false, reference }
}

function assigned(text: string, reference: string): Item | undefined {
  const [, name, value] = assignment.exec(text.trim()) ?? []
  return name === undefined || value === undefined
    ? undefined
    : { key: keyOf(name), value: unquoted(value), encoded: false, reference }
}

function unquoted(value: string): string {
  const quote = value[0]
  return value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote) ? value.slice(1, -1) : value
}

function nameBeside(object: JsonObject, path: Pointer): string {
  const beside: JsonValue | undefined = resolve(object, path.slice(0, path.lastIndexOf('/')))
  return asString(member(beside, 'name')) ?? 'value'
}

function lastStep(path: Pointer): string {
  return keyOf(parsePointer(path).at(-1) ?? '')
}

// What a key of a Secret may consist of (kubernetes.io, "Constraints on Secret names and data").
const notInKey = /[^-._A-Za-z0-9]/g

function keyOf(name: string): string {
  return name.replaceAll(notInKey, '_')
}

function written({ namespace, name, comments, data, stringData }: Draft): string {
  const above = comments.map((comment) => `# ${printable(comment)}\n`).join('')
  if (data.size === 0 && stringData.size === 0) return above
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'Opaque',
    ...(data.size === 0 ? {} : { data: Object.fromEntries(data) }),
    ...(stringData.size === 0 ? {} : { stringData: Object.fromEntries(stringData) }),
  }
  return `---\n${above}${stringify(secret, { lineWidth: 0 })}`
}
