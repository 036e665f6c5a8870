import { type Arbitrary, array, constantFrom, nat, oneof, tuple } from 'fast-check'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted } from './planted.ts'
import { anyList, container, inPodCarriers, lasting, type PodParts, podsWith } from './pods.ts'
import { pathSpellings } from './spellings.ts'

const innocentMounts: Arbitrary<readonly JsonObject[]> = array(
  constantFrom<JsonObject>({ name: 'elsewhere', mountPath: '/elsewhere' }),
  { maxLength: 2 },
)

/** A volume, and a container that mounts it as its first, second or third. */
function mounted(sources: Arbitrary<JsonObject>, mounts: Arbitrary<Planted>, lists = anyList): Arbitrary<Planted> {
  const parts = tuple(sources, mounts, innocentMounts, nat({ max: 2 })).map(([source, mount, others, at]): PodParts => {
    const index = Math.min(at, others.length)
    const volumeMounts = others.toSpliced(index, 0, { name: 'planted', mountPath: '/planted', ...mount.part })
    const places = mount.places.map(({ rule, path }) => ({ rule, path: `/volumeMounts/${index}${path}` }))
    return {
      volume: harmless({ name: 'planted', ...source }),
      container: { part: container({ volumeMounts }), places },
      lists,
    }
  })
  return inPodCarriers(podsWith(parts))
}

const secretSource: JsonObject = { secret: { name: 'orders-tls', optional: true } }
const otherSources = array(
  constantFrom<JsonObject>(
    { configMap: { name: 'settings' } },
    { serviceAccountToken: { path: 'token' } },
    { downwardAPI: { items: [] } },
  ),
  { maxLength: 2 },
)

const secrets: Arbitrary<JsonObject> = oneof(
  constantFrom<JsonObject>({ secret: { secretName: 'orders-tls' } }, { secret: {} }),
  tuple(otherSources, nat({ max: 2 })).map(
    ([sources, at]): JsonObject => ({ projected: { sources: sources.toSpliced(at, 0, secretSource) } }),
  ),
)
const noSecrets: Arbitrary<JsonObject> = oneof(
  otherSources.map((sources): JsonObject => ({ projected: { sources } })),
  constantFrom<JsonObject>(
    { configMap: { name: 'secret' } },
    { persistentVolumeClaim: { claimName: 'secret' } },
    { emptyDir: { sizeLimit: '1Gi' } },
  ),
)

const writable: Arbitrary<JsonObject> = constantFrom<JsonObject>(
  {},
  { readOnly: false },
  { recursiveReadOnly: 'Disabled' },
)
const readOnly = constantFrom<JsonObject>({ readOnly: true }, { readOnly: true, recursiveReadOnly: 'Enabled' })

const copied: Arbitrary<JsonObject> = oneof(
  secrets,
  constantFrom<JsonObject>(
    { configMap: { name: 'settings' } },
    { downwardAPI: { items: [] } },
    { projected: { sources: [{ configMap: { name: 'settings' } }] } },
  ),
)
const subPaths = tuple(constantFrom('subPath', 'subPathExpr'), constantFrom('app.yaml', 'a/b', '$(POD_NAME)', '.'))

/** What is wrong with how containers mount volumes. */
export const mountOffences: readonly Offence[] = [
  {
    policy: 'pod-no-host-path',
    what: 'a writable mount of what may only be read',
    bad: mounted(
      pathSpellings('/var/log/pods/a', 'without ..').map((path) => ({ hostPath: { path } })),
      writable.map((mount) => planted(mount, 'host-path', '/readOnly')),
    ),
    good: mounted(
      pathSpellings('/var/log/pods', 'without ..').map((path) => ({ hostPath: { path } })),
      readOnly.map(harmless),
    ),
  },
  {
    policy: 'pod-secret-mounts-read-only',
    what: 'a writable mount of a Secret, projected ones included',
    bad: mounted(
      secrets,
      writable.map((mount) => planted(mount, 'read-only', '/readOnly')),
    ),
    good: oneof(mounted(secrets, readOnly.map(harmless)), mounted(noSecrets, writable.map(harmless))),
  },
  {
    policy: 'pod-config-no-sub-path',
    what: 'a configuration mounted by subPath',
    bad: mounted(
      copied,
      subPaths.map(([field, value]) => planted({ [field]: value, readOnly: true }, 'sub-path', `/${field}`)),
      lasting,
    ),
    good: oneof(
      mounted(copied, constantFrom(harmless({ readOnly: true }), harmless({ readOnly: true, subPath: '' })), lasting),
      mounted(
        constantFrom<JsonObject>(
          { persistentVolumeClaim: { claimName: 'settings' } },
          { emptyDir: { sizeLimit: '1Gi' } },
        ),
        subPaths.map(([field, value]) => harmless({ [field]: value })),
        lasting,
      ),
    ),
  },
]
