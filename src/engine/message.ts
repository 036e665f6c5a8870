import { characterCount, oneLine, truncateCharacters } from '../admission/text.ts'
import { maxMessageBytes } from '../admission/review.ts'
import { maxWarningCharacters } from '../admission/warning.ts'
import type { ObjectReference } from '../kubernetes/object.ts'
import { fieldPath, type Pointer } from '../kubernetes/pointer.ts'
import { describe } from '../policy/schema-violations.ts'
import { fieldPlace } from '../policy/template.ts'
import type { Finding } from './finding.ts'
import type { Repair } from './repair.ts'

/** Characters of a line that stands alone. GitOps tools show the first only, and cut it: design notes, "What reaches a person". */
export const lineLength = 200

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
  const end = ` [${policy}]`
  return harmless(
    start +
      truncateCharacters(sentence(oneLine(problem)), lineLength - characterCount(start) - characterCount(end)) +
      end,
  )
}

/** What is wrong, with a full stop, unless it ends in a question. */
export function sentence(problem: string): string {
  return problem.endsWith('?') ? problem : `${problem}.`
}

/** Fills in where the field really is in the applied object. */
export function withField(text: string, path: Pointer): string {
  return text.includes(fieldPlace) ? text.replaceAll(fieldPlace, fieldPath(path)) : text
}

/** What the mutating webhook did, as a warning: the change first, for clients that cut. */
export function fixLine({ resource, actual, policy }: Finding, repairs: readonly Repair[]): string {
  return violationLine(resource, `${repairs.map(change).join(', ')} (was ${describe(actual)})`, policy)
}

function change(repair: Repair): string {
  return 'set' in repair
    ? `set ${fieldPath(repair.set)} to ${describe(repair.value)}`
    : `removed ${fieldPath(repair.remove)}`
}

/** A warning for a violation that does not stop the object: what is wrong, why it passes and what to do, if it fits. */
export function warningLine({ message, note, fix }: Finding): string {
  const told = note === undefined ? message : `${message} (${note})`
  const whole = `${told} Fix: ${oneLine(fix.text)}.`
  return [whole, told].find((line) => characterCount(line) <= maxWarningCharacters) ?? message
}

const mostDetailed = 5

/**
 * The text of a denial: the first line stands alone; then every violation, up to five of them with fix and docs. Where
 * there is no room for all of that, what they rest on gives way first, then fixes, the last one's before: people have to
 * learn of each violation.
 *
 * @param owner who applied the object from Git: where the person who is told has to look.
 */
export function denialMessage(findings: readonly Finding[], owner?: ObjectReference): string {
  for (let detailed = Math.min(findings.length, mostDetailed); detailed > 1; detailed -= 1) {
    for (const explained of [detailed, 1]) {
      const { text, left } = listing(findings, { detailed, explained, owner })
      if (left === 0) return text
    }
  }
  const { text, left } = listing(findings, { detailed: 1, explained: 1, owner })
  return left === 0 ? text : `${text}\n+${left} more`
}

// For the line that counts the rest.
const restBytes = 12

/** How many violations are told in detail, of how many it is told what they rest on, and who applied the object. */
interface Depth {
  readonly owner: ObjectReference | undefined
  readonly detailed: number
  readonly explained: number
}

/** As many violations as there is room for, the first few in detail, and how many were left out. */
function listing(
  findings: readonly Finding[],
  { detailed, explained, owner }: Depth,
): { readonly text: string; readonly left: number } {
  let text = ''
  for (const [index, finding] of findings.entries()) {
    const start =
      index === 0 ? firstLine(findings, finding) + ownerLine(owner) : `\n${index + 1}. ${withoutResource(finding)}`
    const told = index < explained ? finding : { ...finding, why: undefined }
    const more = harmless(start + (index < detailed ? details(told, index === 0 ? '  ' : '   ', text) : ''))
    const room = maxMessageBytes - (index === findings.length - 1 ? 0 : restBytes)
    if (index > 0 && Buffer.byteLength(text + more) > room) return { text, left: findings.length - index }
    text += more
  }
  return { text, left: 0 }
}

function firstLine({ length }: readonly Finding[], { message }: Finding): string {
  return length === 1 ? message : `${message} (1 of ${length})`
}

function ownerLine(owner: ObjectReference | undefined): string {
  return owner === undefined ? '' : `\n  Applied by: ${truncateCharacters(describeResource(owner), 120)}.`
}

/**
 * What else there is to say of a violation: all of it, where its line was cut, what it rests on, the fix, and docs not
 * named before.
 */
function details({ message, problem, why, note, fix, links }: Finding, indent: string, before: string): string {
  const [link] = links
  const lines = [
    message.includes(harmless(sentence(problem))) ? undefined : sentence(problem),
    why === undefined ? undefined : `Why: ${why}.`,
    note === undefined ? undefined : `Note: ${note}.`,
    `Fix: ${fix.text}.`,
    link === undefined || before.includes(link) ? undefined : `Docs: ${link}`,
  ]
  return lines.map((line) => (line === undefined ? '' : `\n${indent}${line}`)).join('')
}

function withoutResource({ message, resource }: Finding): string {
  const start = `${describeResource(resource)}: `
  return message.startsWith(start) ? message.slice(start.length) : message
}

/** Flux and kubectl --force delete the live object on an error that says so (design notes, "A denial can delete a volume"). */
export function harmless(text: string): string {
  return text.replaceAll(/(is\s)immutable|immutable(\sfield)/gi, '$1unchangeable$2')
}
