import { readFile } from 'node:fs/promises'
import { asArray, asObject, asString, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { groupVersion, referenceOf } from '../../src/kubernetes/object.ts'
import type { ControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'

const apiVersion = 'policy.holdfast.dev/v1alpha1'

const policyName = 'team-named'

/** A StoragePolicy that refuses ConfigMaps called judged* without a key. */
export function teamPolicy(key: string, more: JsonObject = {}): JsonObject {
  return {
    $schema: '../policy.schema.json',
    apiVersion,
    kind: 'StoragePolicy',
    metadata: { name: policyName },
    spec: {
      title: 'Say who it is of',
      why: 'a test',
      severity: 'low',
      action: { baseline: 'deny', strict: 'deny' },
      match: { kinds: ['ConfigMap'] },
      rules: [
        {
          name: 'key',
          when: "object.metadata.name.startsWith('judged')",
          assert: { schema: { properties: { data: { required: [key] } }, required: ['data'] } },
          remedy: 'set it',
        },
      ],
      ...more,
    },
  }
}

/** An exception for {@link teamPolicy}: in a namespace, or for the cluster where none is named. */
export function exceptionIn(namespace: string | undefined, expires: string, more: JsonObject = {}): JsonObject {
  return {
    apiVersion,
    kind: namespace === undefined ? 'ClusterStoragePolicyException' : 'StoragePolicyException',
    metadata: { name: 'legacy', ...(namespace === undefined ? {} : { namespace }) },
    spec: { policy: policyName, match: { namespaces: ['*'] }, reason: 'older', owner: 'sre', expires, ...more },
  }
}

/** A policy or an exception as it is stored. Rejects where there is none. */
export async function stored(cluster: ControlPlane, object: JsonObject): Promise<JsonObject> {
  const { kind, namespace, name } = referenceOf(object)
  const { group } = groupVersion(apiVersion)
  const place = namespace === '' ? [] : [`--namespace=${namespace}`]
  const { stdout } = await cluster.kubectl(['get', `${kind}.${group}`, name, '--output=json', ...place])
  return asObject(JSON.parse(stdout))
}

/** The condition Accepted of a policy or an exception, once it is about the spec as it is stored. */
export function accepted(cluster: ControlPlane, object: JsonObject): Promise<JsonObject> {
  return waitFor(
    async () => {
      const { metadata, status } = await stored(cluster, object)
      const [condition] = asArray(at(status, 'conditions'))
      const isNew = at(status, 'observedGeneration') === at(metadata, 'generation')
      return isNew && condition !== undefined ? asObject(condition) : undefined
    },
    { timeoutMs: 5000, what: 'the status to be written' },
  )
}

/** How often the status of {@link teamPolicy} was written. */
export async function statusWrites(cluster: ControlPlane): Promise<number> {
  const text = await readFile(cluster.auditLog, 'utf8')
  const lines = text.split('\n').filter((line) => line.includes(`/storagepolicies/${policyName}/status`))
  // A request is in more than one line.
  return new Set(lines.map((line) => asString(at(JSON.parse(line), 'auditID')))).size
}
