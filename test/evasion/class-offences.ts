import { type Arbitrary, constantFrom, oneof, tuple } from 'fast-check'
import drivers from '../../src/kubernetes/drivers.json' with { type: 'json' }
import { inTreePlugins } from '../../src/kubernetes/in-tree.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted, within } from './planted.ts'

const versions = constantFrom('storage.k8s.io/v1', 'storage.k8s.io/v1beta1')
const innocentMembers = constantFrom<JsonObject>({}, { mountOptions: ['noatime'] }, { metadata: { name: 'planted' } })

/** What makes each of the known drivers encrypt. */
const encrypting: JsonObject = {
  encrypted: 'true',
  secure: 'true',
  diskEncryptionSetID: '/subscriptions/shop/resourceGroups/keys/providers/Microsoft.Compute/diskEncryptionSets/keys',
  'disk-encryption-kms-key': 'projects/shop/locations/global/keyRings/keys/cryptoKeys/disks',
  'instance-encryption-kms-key': 'projects/shop/locations/global/keyRings/keys/cryptoKeys/files',
}

/** A StorageClass in any version that is right but for the given members; one that is undefined is left out. */
export function classes(members: Arbitrary<Planted>): Arbitrary<Planted> {
  return tuple(members, versions, innocentMembers).map(([one, apiVersion, innocent]) => {
    const usual: JsonObject = {
      provisioner: 'ebs.csi.aws.com',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      parameters: encrypting,
    }
    const all = { apiVersion, kind: 'StorageClass', metadata: { name: 'planted' }, ...usual, ...innocent, ...one.part }
    const part = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
    return within(one, '', part)
  })
}

const driverNames = Object.entries(drivers)
const growing = driverNames.flatMap(([name, facts]) => ('expansion' in facts && facts.expansion ? [name] : []))
const fixed = driverNames.flatMap(([name, facts]) => ('expansion' in facts && facts.expansion ? [] : [name]))

const lookAlikes = constantFrom(
  'ebs.csi.aws.com',
  'kubernetes.io/no-provisioner',
  'example.com/kubernetes.io-nfs',
  'xkubernetes.io/aws-ebs',
  'storage.kubernetes.io/aws-ebs',
  'rancher.io/local-path',
)

const deletes = constantFrom<JsonObject>({ deletionPolicy: 'Delete' }, { deletionPolicy: 'delete' }, {})

/** A VolumeSnapshotClass in any version with the given policy. */
function snapshotClasses(policies: Arbitrary<Planted>): Arbitrary<Planted> {
  return tuple(
    policies,
    constantFrom('snapshot.storage.k8s.io/v1', 'snapshot.storage.k8s.io/v1beta1'),
    constantFrom('ebs.csi.aws.com', 'disks.example.com'),
  ).map(([one, apiVersion, driver]) =>
    within(one, '', {
      apiVersion,
      kind: 'VolumeSnapshotClass',
      metadata: { name: 'planted' },
      driver,
      ...one.part,
    }),
  )
}

/** What is wrong with classes. */
export const classOffences: readonly Offence[] = [
  {
    policy: 'storageclass-wait-for-first-consumer',
    what: 'a class that binds at once, said or not',
    bad: classes(
      tuple(
        constantFrom<JsonObject>({ volumeBindingMode: 'Immediate' }, { volumeBindingMode: undefined }),
        constantFrom('ebs.csi.aws.com', 'kubernetes.io/no-provisioner', 'disks.example.com', 'my-nfs.example.com'),
      ).map(([mode, provisioner]) => planted({ ...mode, provisioner }, 'binding-mode', '/volumeBindingMode')),
    ),
    good: classes(
      constantFrom<JsonObject>({}, { provisioner: 'nfs.csi.k8s.io', volumeBindingMode: 'Immediate' }).map(harmless),
    ),
  },
  {
    policy: 'storageclass-csi-provisioner',
    what: 'a provisioner that was part of Kubernetes, or claims to be',
    bad: classes(
      oneof(
        constantFrom(...inTreePlugins.map(({ plugin }) => plugin)).map((provisioner) =>
          planted({ provisioner }, 'csi-provisioner', '/provisioner'),
        ),
        constantFrom('host-path', 'nfs', 'EBS', 'no-provisioners', '').map((name) =>
          planted({ provisioner: `kubernetes.io/${name}` }, 'known-provisioner', '/provisioner'),
        ),
      ),
    ),
    good: classes(lookAlikes.map((provisioner) => harmless({ provisioner }))),
  },
  {
    policy: 'storageclass-allow-expansion',
    what: 'a class whose volumes cannot grow, of a driver that can grow them',
    bad: classes(
      tuple(
        constantFrom(...growing),
        constantFrom<JsonObject>({ allowVolumeExpansion: false }, { allowVolumeExpansion: undefined }),
      ).map(([provisioner, expansion]) => planted({ provisioner, ...expansion }, 'expansion', '/allowVolumeExpansion')),
    ),
    good: classes(
      oneof(
        constantFrom(...growing).map((provisioner): JsonObject => ({ provisioner })),
        constantFrom(...fixed, 'disks.example.com').map(
          (provisioner): JsonObject => ({ provisioner, allowVolumeExpansion: false }),
        ),
      ).map(harmless),
    ),
  },
  {
    policy: 'snapshotclass-deletion-policy',
    what: 'snapshots that go with the object that names them',
    bad: snapshotClasses(deletes.map((policy) => planted(policy, 'deletion-policy', '/deletionPolicy'))),
    good: snapshotClasses(
      constantFrom(harmless({ deletionPolicy: 'Retain' }), harmless({ deletionPolicy: 'Retain', parameters: {} })),
    ),
  },
]
