import { describe, expect, test } from 'vitest'
import { checkContext } from '../../../test/support/check-context.ts'
import type { JsonObject } from '../../kubernetes/json.ts'
import type { CheckFinding } from '../check.ts'
import { parameterSecrets } from './parameters.ts'

const context = checkContext()

function evaluate(object: JsonObject, parameters: JsonObject = {}): readonly CheckFinding[] {
  return parameterSecrets.evaluate(parameters, object, context)
}

const password = 'tulip9meadow'

function storageClass(parameters: JsonObject, more: JsonObject = {}): JsonObject {
  return { kind: 'StorageClass', provisioner: 'smb.csi.k8s.io', parameters, ...more }
}

describe('parameterSecrets', () => {
  test('says where a credential is and how a class refers to one', () => {
    expect(evaluate(storageClass({ source: '//nas.shop/orders', username: 'orders', password }))).toEqual([
      {
        path: '/parameters/password',
        problem: '{{field}} holds a literal password',
        actual: 'a literal password, not shown',
        expected: 'no credential',
        remedy:
          'move it to a Secret, and name that in parameters, as csi.storage.k8s.io/provisioner-secret-name and csi.storage.k8s.io/provisioner-secret-namespace',
        why: 'password-literal, medium confidence',
        secretName: 'app-secret',
      },
    ])
  })

  test.each([
    ['a driver parameter for a password', { encryptionPassphrase: password }, 'a literal password'],
    ["heketi's, of in-tree glusterfs", { restuserkey: 'password' }, 'a literal password'],
    ['half a key pair', { accessKey: ['AKIA', 'QYLPMN5HHHFPZAM2'].join('') }, 'an AWS access key ID'],
    ['the other half', { 'example.com/secretKey': 'minio123' }, 'a literal secret'],
    ['a URL', { server: `https://root:${password}@nas.shop` }, 'a URL with a password'],
    ['base64', { blob: Buffer.from(`password: ${password}\n`).toString('base64') }, 'a literal password'],
  ])('finds %s', (_what, parameters, title) => {
    expect(evaluate(storageClass(parameters))).toMatchObject([{ actual: `${title}, not shown` }])
  })

  test.each([
    ['the CSI sidecars', { 'csi.storage.k8s.io/provisioner-secret-name': 'orders-smb-secret-9f8a7b6c' }],
    ['the CSI sidecars, filled in for each claim', { 'csi.storage.k8s.io/node-publish-secret-name': '${pvc.name}' }],
    [
      'in-tree Ceph',
      { adminId: 'kube', adminSecretName: 'ceph-secret', userId: 'kube', monitors: '10.16.153.105:6789' },
    ],
    ['in-tree glusterfs', { restuser: 'admin', secretNamespace: 'default', secretName: 'heketi-secret' }],
    ['a KMS key of AWS', { kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' }],
    ['a KMS key of Google', { 'disk-encryption-kms-key': 'projects/p-1/locations/eu/keyRings/r-1/cryptoKeys/k-2' }],
    [
      'an encryption set',
      {
        diskEncryptionSetID:
          '/subscriptions/0b1f6471/resourceGroups/rg-1/providers/Microsoft.Compute/diskEncryptionSets/d1',
      },
    ],
    ['a switch', { storeAccountKey: 'false', getLatestAccountKey: 'true' }],
    ['a cluster', { clusterID: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', encryptionKMSID: 'vault-1' }],
  ])('lets references be: %s', (_what, parameters) => {
    expect(evaluate(storageClass(parameters))).toEqual([])
  })

  test.each([
    ['StorageClass', 'smb.csi.k8s.io', 'csi.storage.k8s.io/provisioner-secret-name'],
    ['StorageClass', 'kubernetes.io/glusterfs', 'such as secretName'],
    ['VolumeSnapshotClass', undefined, 'csi.storage.k8s.io/snapshotter-secret-name'],
    ['VolumeAttributesClass', undefined, 'set up the driver'],
  ])('knows how %s (%s) refers to a Secret', (kind, provisioner = '', words) => {
    expect(evaluate({ kind, provisioner, parameters: { password } })).toMatchObject([
      { remedy: expect.stringContaining(words) },
    ])
  })

  test('finds a password among mount options', () => {
    const mountOptions = ['dir_mode=0777', `username=orders,password=${password}`, 'vers=3.0']
    expect(evaluate(storageClass({}, { mountOptions }))).toMatchObject([
      {
        path: '/mountOptions/1',
        problem: '{{field}} holds a literal password (under password)',
        remedy: expect.stringContaining('csi.storage.k8s.io/node-stage-secret-name'),
      },
    ])
  })

  test.each([
    ['the exact name', ['password']],
    ['a glob', ['x', 'pass*']],
  ])('passes over allowed names: %s', (_what, allowKeys) => {
    const object = storageClass({ password }, { mountOptions: [`password=${password}`] })
    expect(evaluate(object, { allowKeys })).toEqual([])
    expect(evaluate(storageClass({ secretPass: password }), { allowKeys })).toHaveLength(1)
  })

  test.each([
    ['high', true],
    ['medium', undefined],
  ])('only advises below a minimum confidence: %s', (minimumConfidence, advice) => {
    expect(evaluate(storageClass({ password }), { minimumConfidence })).toEqual([
      expect.objectContaining(advice ? { advice } : { secretName: 'app-secret' }),
    ])
  })

  test('shows no part of a value', () => {
    const output = JSON.stringify(evaluate(storageClass({ password, server: `smb://a:${password}@nas` })))
    for (let at = 0; at + 5 <= password.length; at += 1) expect(output).not.toContain(password.slice(at, at + 5))
  })

  test.each([
    ['nothing', {}],
    ['no objects', { parameters: 'password', mountOptions: {} }],
    ['values that are no strings', { parameters: { password: 1, secretKey: null }, mountOptions: [7, null] }],
  ])('finds nothing in a malformed object: %s', (_what, object) => {
    expect(evaluate(object)).toEqual([])
  })
})
