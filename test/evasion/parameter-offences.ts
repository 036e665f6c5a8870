import { type Arbitrary, constantFrom, oneof, tuple } from 'fast-check'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { classes } from './class-offences.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted, within } from './planted.ts'
import { passwords, placeholders } from './spellings.ts'

const notEncrypting = oneof(
  constantFrom<JsonObject | undefined>(
    undefined,
    {},
    { encrypted: 'false' },
    { encrypted: 'True' },
    { encrypted: '1' },
    { Encrypted: 'yes' },
    { kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/orders', encrypted: '' },
  ).map((parameters) => {
    const name = Object.keys(parameters ?? {}).find((key) => key.toLowerCase() === 'encrypted') ?? 'encrypted'
    return planted({ provisioner: 'ebs.csi.aws.com', parameters }, 'switched-on', `/parameters/${name}`)
  }),
  constantFrom<JsonObject | undefined>(undefined, {}, { encrypted: 'false' }, { Encrypted: 'true' }).map((parameters) =>
    planted({ provisioner: 'rbd.csi.ceph.com', parameters }, 'set-up', '/parameters/encrypted'),
  ),
  constantFrom<JsonObject | undefined>(undefined, { encrypted: 'true' }, { diskEncryptionSetID: '' }).map(
    (parameters) =>
      planted({ provisioner: 'disk.csi.azure.com', parameters }, 'set-up', '/parameters/diskEncryptionSetID'),
  ),
)
const encryptingOrUnknown = constantFrom<JsonObject>(
  {},
  { parameters: { ENCRYPTED: 'true' } },
  { provisioner: 'rbd.csi.ceph.com', parameters: { encrypted: 'true' } },
  { provisioner: 'disk.csi.azure.com', parameters: { DISKENCRYPTIONSETID: '/subscriptions/shop' } },
  { provisioner: 'disks.example.com', parameters: {} },
  { provisioner: 'efs.csi.aws.com', parameters: { encrypted: 'false' } },
)

/** A class of one of the kinds that have parameters, with these. */
function parametrized(parameters: Arbitrary<Planted>): Arbitrary<Planted> {
  const kinds: readonly JsonObject[] = [
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'disks.example.com' },
    { apiVersion: 'storage.k8s.io/v1beta1', kind: 'StorageClass', provisioner: 'ebs.csi.aws.com' },
    { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', driver: 'a', deletionPolicy: 'Retain' },
    { apiVersion: 'storage.k8s.io/v1beta1', kind: 'VolumeAttributesClass', driverName: 'disks.example.com' },
  ]
  return tuple(parameters, constantFrom(...kinds)).map(([one, kind]) =>
    within(one, '/parameters', { ...kind, metadata: { name: 'planted' }, parameters: { type: 'ssd', ...one.part } }),
  )
}

const credentials = tuple(constantFrom('password', 'adminPassword', 'restuserpassword', 'smb-password'), passwords).map(
  ([name, value]) => planted({ [name]: value, user: 'admin' }, 'credential', `/${name}`),
)

/** A share's password among the options it is mounted with. */
const mountOptions = tuple(passwords, constantFrom<readonly string[]>([], ['vers=3.0'])).map(([value, before]) =>
  planted({ mountOptions: [...before, `password=${value}`] }, 'credential', `/mountOptions/${before.length}`),
)

const references = oneof(
  placeholders.map((value): JsonObject => ({ password: value })),
  constantFrom<JsonObject>(
    {
      'csi.storage.k8s.io/provisioner-secret-name': 'orders-password',
      'csi.storage.k8s.io/provisioner-secret-namespace': 'storage',
    },
    { secretName: 'smb-password', passwordFile: '/etc/smb/password' },
  ),
)

/** What is wrong with the parameters and mount options of classes. */
export const parameterOffences: readonly Offence[] = [
  {
    policy: 'storageclass-encrypted',
    what: 'a class that leaves its volumes in the clear, of a driver that can encrypt them',
    bad: classes(notEncrypting),
    good: classes(encryptingOrUnknown.map(harmless)),
  },
  {
    policy: 'storageclass-no-inline-credentials',
    what: 'a password in the parameters or mount options of a class',
    bad: oneof({ weight: 3, arbitrary: parametrized(credentials) }, classes(mountOptions)),
    good: parametrized(references.map(harmless)),
  },
]
