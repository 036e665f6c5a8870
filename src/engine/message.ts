import type { PatchOperation } from '../admission/json-patch.ts'
import { characterCount, oneLine, truncateCharacters } from '../admission/text.ts'
import { maxMessageBytes } from '../admission/review.ts'
import type { JsonValue } from '../kubernetes/json.ts'
import type { ObjectReference } from '../kubernetes/object.ts'
import { fieldPath, type Pointer } from '../kubernetes/pointer.ts'
import { describe } from '../policy/schema-violations.ts'
import { fieldPlace } from '../policy/template.ts'
import type { Finding } from './finding.ts'

// GitOps tools show the first line only, and cut it: design notes, "What reaches a person".
const lineLength = 200

/** An object as people name it: `PersistentVolumeClaim shop/db`, `StorageClass gold`. */
export function describeResource({ kind, namespace, name }: ObjectReference): string {
  const shown = name === '' ? '(no name)' : name
  return `${kind === '' ? 'object' : kind} ${namespace === '' ? shown : `${namespace}/${shown}`}`
}

/**
 * The line a violation is told in: object, what is wrong, policy. At most 200 characters: what is wrong is cut, so that
 * the policy's name stays.
 */
export function violationLine(resource: ObjectReference, problem: string, policy: string): string {
  const start = `${truncateCharacters(oneLine(describeResource(resource)), 100)}: `
  const end = `. [${policy}]`
  const room = lineLength - characterCount(start) - characterCount(end)
  return harmless(start + truncateCharacters(oneLine(problem), room) + end)
}

/** Fills in where the field really is in the applied object. */
export function withField(text: string, path: Pointer): string {
  return text.replaceAll(fieldPlace, fieldPath(path))
}

/** What the mutating webhook did, as a warning: the change first, for clients that cut. */
export function fixLine(resource: ObjectReference, finding: Finding, patch: readonly PatchOperation[]): string {
  return violationLine(resource, `${changes(patch)} (was ${describe(finding.actual)})`, finding.policy)
}

function changes(patch: readonly PatchOperation[]): string {
  const done = patch.flatMap((operation) =>
    operation.op === 'remove' ? [`removed ${fieldPath(operation.path)}`] : settings(operation.path, operation.value),
  )
  return done.join(', ')
}

function settings(path: Pointer, value: JsonValue): readonly string[] {
  return [`set ${fieldPath(path)} to ${describe(value)}`]
}

/** A warning for a violation that does not stop the object: what is wrong, why it passes, what to do. */
export function warningLine({ message, note, fix }: Finding): string {
  return `${message}${note === undefined ? '' : ` (${note})`} Fix: ${fix.text}.`
}

const violationsShown = 5

/** The text of a denial: the first line stands alone; then every violation with its fix, as far as there is room. */
export function denialMessage(findings: readonly Finding[]): string {
  const [first] = findings
  if (first === undefined) return ''
  const only = findings.length === 1
  let text = only ? first.message : `${first.message} (1 of ${findings.length})`
  text += details(first, '  ')
  let shown = 1
  for (const finding of findings.slice(1)) {
    const more = `\n${shown + 1}. ${withoutResource(finding)}${details(finding, '   ')}`
    const left = findings.length - shown - 1
    if (shown === violationsShown || Buffer.byteLength(text + more) > maxMessageBytes - (left > 0 ? 10 : 0)) break
    text += more
    shown += 1
  }
  return harmless(shown < findings.length ? `${text}\n+${findings.length - shown} more` : text)
}

function details({ fix, links }: Finding, indent: string): string {
  const [link] = links
  return `\n${indent}Fix: ${fix.text}.${link === undefined ? '' : `\n${indent}Docs: ${link}`}`
}

function withoutResource({ message, resource }: Finding): string {
  const start = `${describeResource(resource)}: `
  return message.startsWith(start) ? message.slice(start.length) : message
}

/** Flux and kubectl --force delete the live object on an error that says so (design notes, "A denial can delete a volume"). */
function harmless(text: string): string {
  return text.replaceAll(/(is\s)immutable|immutable(\sfield)/gi, '$1unchangeable$2')
}
