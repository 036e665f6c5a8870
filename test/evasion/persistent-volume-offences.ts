import { type Arbitrary, constantFrom, oneof, tuple } from 'fast-check'
import { builtInInTree } from '../../src/kubernetes/in-tree.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted } from './planted.ts'
import { pathSpellings } from './spellings.ts'

const csi: JsonObject = { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-0' } }
const innocentMembers = constantFrom<JsonObject>(
  {},
  { volumeMode: 'Filesystem' },
  { claimRef: { namespace: 'shop', name: 'data' } },
  { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'Exists' }] }] } } },
)

/** PersistentVolumes that are right but for the given members of their spec, which have their source. */
function volumes(specs: Arbitrary<Planted>, labels: Arbitrary<JsonObject> = constantFrom({})): Arbitrary<Planted> {
  return tuple(specs, labels, innocentMembers).map(([one, label, innocent]) => ({
    part: {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'planted', labels: label },
      spec: {
        capacity: { storage: '20Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: '',
        ...innocent,
        ...one.part,
      },
    },
    places: one.places.map(({ rule, path }) => ({ rule, path: `/spec${path}` })),
  }))
}

const outside = [
  '/',
  '/data',
  '/var/log',
  '/var/log/pods2',
  '/opt/shared',
  '/opt/shared/database',
  '/srv/opt/shared/data',
]
const inside = ['/var/log/pods', '/opt/shared/data', '/opt/shared/data/a/b']
const removed = Object.keys(builtInInTree.sources)

const critical = constantFrom<JsonObject>(
  { 'holdfast.dev/criticality': 'critical' },
  { 'holdfast.dev/criticality': 'high', team: 'orders' },
)
const uncritical = constantFrom<JsonObject>(
  {},
  { 'holdfast.dev/criticality': 'low' },
  { criticality: 'critical' },
  { 'holdfast.dev/criticality': 'Critical' },
)

/** What is wrong with PersistentVolumes. */
export const persistentVolumeOffences: readonly Offence[] = [
  {
    policy: 'pv-no-host-path',
    what: 'a volume in a directory of the node',
    bad: volumes(
      oneof(...outside.map((path) => pathSpellings(path, 'with ..'))).map((path) =>
        planted({ hostPath: { path } }, 'host-path', '/hostPath/path'),
      ),
    ),
    good: volumes(
      oneof(
        oneof(...inside.map((path) => pathSpellings(path, 'without ..'))).map((path) =>
          harmless({ hostPath: { path } }),
        ),
        constantFrom(harmless({ local: { path: '/data' } }), harmless(csi), harmless({ nfs: { path: '/etc' } })),
      ),
    ),
  },
  {
    policy: 'pv-csi-source',
    what: 'a volume of a removed plugin',
    bad: volumes(
      tuple(constantFrom(...removed), constantFrom<JsonObject>({}, { readOnly: true })).map(([field, source]) =>
        planted({ [field]: source }, 'csi-source', `/${field}`),
      ),
    ),
    good: volumes(
      constantFrom(
        harmless({ ...csi, awsElasticBlockStore: undefined }),
        harmless({ csi: { driver: 'cephfs', volumeHandle: 'rbd', volumeAttributes: { cinder: 'x' } } }),
        harmless({ nfs: { server: 'glusterfs', path: '/rbd' } }),
        harmless({ iscsi: { iqn: 'iqn.2001-04.com.example:azureDisk' } }),
      ),
    ),
  },
  {
    policy: 'pv-reclaim-policy',
    what: 'a critical volume that goes with its claim',
    bad: volumes(
      constantFrom(
        planted(
          { ...csi, persistentVolumeReclaimPolicy: 'Delete' },
          'critical-retain',
          '/persistentVolumeReclaimPolicy',
        ),
      ),
      critical,
    ),
    good: oneof(
      volumes(constantFrom(harmless({ ...csi, persistentVolumeReclaimPolicy: 'Retain' }), harmless(csi)), critical),
      volumes(constantFrom(harmless({ ...csi, persistentVolumeReclaimPolicy: 'Delete' })), uncritical),
    ),
  },
  {
    policy: 'pv-reclaim-policy',
    what: 'a volume that is wiped for the next claim',
    bad: volumes(
      constantFrom(
        planted(
          { nfs: { server: 'a', path: '/' }, persistentVolumeReclaimPolicy: 'Recycle' },
          'no-recycle',
          '/persistentVolumeReclaimPolicy',
        ),
      ),
      oneof(critical, uncritical),
    ),
    good: volumes(constantFrom(harmless({ ...csi, persistentVolumeReclaimPolicy: 'Retain' })), uncritical),
  },
]
