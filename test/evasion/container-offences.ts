import { type Arbitrary, array, constantFrom, nat, oneof, tuple } from 'fast-check'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted } from './planted.ts'
import { anyList, container, inPodCarriers, podsWith } from './pods.ts'

/** Members of a container, in any list of any pod, or in one of these. */
export function inContainers(members: Arbitrary<Planted>, lists = anyList): Arbitrary<Planted> {
  const parts = members.map((one) => ({
    container: { ...one, part: container(one.part) },
    ...(lists === undefined ? {} : { lists }),
  }))
  return inPodCarriers(podsWith(parts))
}

const innocentEnv = array(
  constantFrom<JsonObject>(
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'DB_PASSWORD_FILE', value: '/run/secrets/db/password' },
  ),
  { maxLength: 2 },
)

/** An entry of a list of a container, among innocent ones. */
export function listed(list: 'env' | 'envFrom', entries: Arbitrary<Planted>): Arbitrary<Planted> {
  const others = list === 'env' ? innocentEnv : array(constantFrom<JsonObject>({ configMapRef: { name: 'a' } }))
  return tuple(entries, others, nat({ max: 2 })).map(([entry, rest, at]) => {
    const index = Math.min(at, rest.length)
    return {
      part: { [list]: rest.toSpliced(index, 0, entry.part) },
      places: entry.places.map(({ rule, path }) => ({ rule, path: `/${list}/${index}${path}` })),
    }
  })
}

const secretNames = constantFrom('orders-db', 'not-public', 'public', 'Public-key')
const extra = constantFrom<JsonObject>({}, { optional: true }, { optional: false })

const secretVariables = tuple(secretNames, extra).map(([name, more]) =>
  planted(
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name, key: 'token', ...more } } },
    'env-value',
    '/valueFrom/secretKeyRef',
  ),
)
const secretEnvironments = tuple(secretNames, extra, constantFrom<JsonObject>({}, { prefix: 'DB_' })).map(
  ([name, more, prefix]) => planted({ ...prefix, secretRef: { name, ...more } }, 'env-from', '/secretRef'),
)
const noSecretVariables = constantFrom<JsonObject>(
  { name: 'A', valueFrom: { configMapKeyRef: { name: 'secretKeyRef', key: 'secret' } } },
  { name: 'A', valueFrom: { secretKeyRef: { name: 'public-key', key: 'ca.crt' } } },
  { name: 'A', value: 'secretKeyRef' },
)
const noSecretEnvironments = constantFrom<JsonObject>(
  { configMapRef: { name: 'secretRef' } },
  { prefix: 'secretRef_', configMapRef: { name: 'a' } },
  { secretRef: { name: 'public-certificates' } },
)

/** What is wrong with what containers take from Secrets. */
export const containerOffences: readonly Offence[] = [
  {
    policy: 'pod-secrets-as-files',
    what: 'a Secret as environment variables',
    bad: inContainers(oneof(listed('env', secretVariables), listed('envFrom', secretEnvironments))),
    good: inContainers(
      oneof(listed('env', noSecretVariables.map(harmless)), listed('envFrom', noSecretEnvironments.map(harmless))),
    ),
  },
]
