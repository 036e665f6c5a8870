import { asArray, asString, at, isObject, type JsonObject, type JsonValue, member } from '../../kubernetes/json.ts'
import { type ContainerPlace, containersOf } from '../../kubernetes/pod.ts'
import { type Pointer, resolve } from '../../kubernetes/pointer.ts'
import type { Check } from '../check.ts'
import { allowedKeys, type KeyTest } from './entry-keys.ts'
import { credentialFindings, credentialParameters, type CredentialSearch, secretNameFor } from './findings.ts'
import type { SecretEntry } from './scan.ts'

/** Finds credentials in what a pod's containers are started and probed with. */
export const podSecrets: Check = {
  name: 'podSecrets',
  description:
    'Reports each credential in a literal environment variable, a command, an argument or a header of a probe, without showing any of it.',
  parameters: credentialParameters,
  evaluate: (parameters, pod, { carrier, scanSecrets }) =>
    credentialFindings(podSearch(parameters, pod, carrier), scanSecrets),
}

/** What there is to search in a pod; `carrier` is the object that it hides in. */
export function podSearch(parameters: JsonObject, pod: JsonObject, carrier: JsonObject): CredentialSearch {
  const containers = containersOf(member(pod, 'spec')).filter(({ container }) => hasWords(container))
  const secretName = secretNameFor(carrier)
  return {
    parameters,
    object: pod,
    entries: [...entriesOf(containers, allowedKeys(parameters))],
    secretName,
    nameAt: (path) => nameBeside(pod, path),
    remedy: ({ path }) =>
      podExpressions.variable.test(path)
        ? `move it to a Secret, for example ${secretName}, and replace value with valueFrom.secretKeyRef`
        : `move it to a Secret, for example ${secretName}, and read it from a file, or as $(NAME) from a variable with valueFrom.secretKeyRef`,
  }
}

const wordFields = ['env', 'args', 'command', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']

/** Whether a container is started or probed with anything that could be looked at. */
function hasWords(container: JsonObject): boolean {
  return wordFields.some((field) => member(container, field) !== undefined)
}

/** The name of the variable or header whose value is at a path. */
function nameBeside(pod: JsonObject, path: Pointer): string | undefined {
  const end = '/value'
  return path.endsWith(end) ? asString(resolve(pod, `${path.slice(0, -end.length)}/name`)) : undefined
}

/** Shapes of places and of words on a command line. */
export const podExpressions = {
  variable: /\/env\/\d+\/value$/,
  flag: /^--?[A-Za-z][\w-]*$/,
  shortFlag: /^-[A-Za-z][^-=]/,
} as const

function* entriesOf(containers: readonly ContainerPlace[], isAllowed: KeyTest): Generator<SecretEntry> {
  for (const { container, path } of containers) {
    yield* variables(container, path, isAllowed)
    yield* commandLine(container, path)
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
      yield* action(member(container, probe), `${path}/${probe}`)
    }
    for (const hook of ['postStart', 'preStop']) {
      yield* action(at(container, 'lifecycle', hook), `${path}/lifecycle/${hook}`)
    }
  }
}

function* variables(container: JsonObject, path: Pointer, isAllowed: KeyTest): Generator<SecretEntry> {
  for (const [index, variable] of asArray(member(container, 'env')).entries()) {
    const key = asString(member(variable, 'name')) ?? ''
    const value = asString(member(variable, 'value'))
    if (value === undefined || value === '' || isAllowed(key)) continue
    yield { path: `${path}/env/${index}/value`, key, value }
  }
}

/** What a container runs: `args` follow `command`, so that a flag at the end of one has its value in the other. */
function* commandLine(container: JsonObject, path: Pointer): Generator<SecretEntry> {
  yield* words([
    ...wordsOf(member(container, 'command'), `${path}/command`),
    ...wordsOf(member(container, 'args'), `${path}/args`),
  ])
}

/** What a probe or a hook runs, and the headers it sends. */
function* action(handler: JsonValue | undefined, path: Pointer): Generator<SecretEntry> {
  if (!isObject(handler)) return
  yield* words(wordsOf(at(handler, 'exec', 'command'), `${path}/exec/command`))
  for (const [index, header] of asArray(at(handler, 'httpGet', 'httpHeaders')).entries()) {
    const value = asString(member(header, 'value'))
    const key = asString(member(header, 'name')) ?? ''
    if (value !== undefined) yield { path: `${path}/httpGet/httpHeaders/${index}/value`, key, value }
  }
}

interface Word {
  readonly word: string
  readonly path: Pointer
}

function wordsOf(list: JsonValue | undefined, path: Pointer): readonly Word[] {
  return asArray(list).flatMap((word, index) => (typeof word === 'string' ? { word, path: `${path}/${index}` } : []))
}

/** Each word; behind a flag that has its value in the next word, and the program, so that the two are read together. */
function* words(line: readonly Word[]): Generator<SecretEntry> {
  const [program] = line
  let before: Word | undefined
  for (const { word, path } of line) {
    const isValue = before !== undefined && podExpressions.flag.test(before.word)
    const parts = isValue ? [program?.word, before?.word, word] : [word]
    // `mysql -phunter2`: what a short flag with its value means depends on the program.
    if (!isValue && podExpressions.shortFlag.test(word)) parts.unshift(program?.word)
    if (word !== '') yield { path, key: '', value: parts.join(' ') }
    before = { word, path }
  }
}
