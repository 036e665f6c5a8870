import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import { driverTable } from '../kubernetes/drivers.ts'
import { inventoryOf } from '../kubernetes/inventory.ts'
import { isObject, type JsonObject } from '../kubernetes/json.ts'
import { accessModesSupported } from './access-modes.ts'
import type { CheckFinding } from './check.ts'

function storageClass(name: string, provisioner: string, annotations: JsonObject = {}): JsonObject {
  return { kind: 'StorageClass', metadata: { name, annotations }, provisioner }
}

const classes = [
  storageClass('gp3', 'ebs.csi.aws.com', { 'storageclass.kubernetes.io/is-default-class': 'true' }),
  storageClass('gp2', 'kubernetes.io/aws-ebs'),
  storageClass('azure', 'disk.csi.azure.com'),
  storageClass('pd', 'pd.csi.storage.gke.io'),
  storageClass('powerstore', 'csi-powerstore.dellemc.com'),
  storageClass('vsan', 'csi.vsphere.vmware.com'),
  storageClass('local', 'rancher.io/local-path'),
  storageClass('mine', 'disks.example.com'),
]
const files = [storageClass('efs', 'efs.csi.aws.com'), storageClass('cephfs', 'cephfs.csi.ceph.com')]
const inventory = inventoryOf([...classes, ...files], ['StorageClass'])

function claim(accessModes: readonly string[], spec: JsonObject = {}): JsonObject {
  return { metadata: { name: 'db' }, spec: { accessModes, volumeMode: 'Filesystem', ...spec } }
}

function evaluate(object: JsonObject, known = inventory, parameters: JsonObject = {}): readonly CheckFinding[] {
  return accessModesSupported.evaluate(parameters, object, checkContext({ inventory: known }))
}

const many = ['ReadWriteMany']

describe('accessModesSupported', () => {
  it('reports a mode that the driver cannot serve, and the classes that can', () => {
    expect(evaluate(claim(['ReadWriteOnce', 'ReadWriteMany'], { storageClassName: 'gp3' }))).toEqual([
      {
        path: '/spec/accessModes/1',
        problem:
          '{{field}} is "ReadWriteMany"; ebs.csi.aws.com (class "gp3") serves only ReadWriteOnce and ReadWriteOncePod',
        actual: 'ReadWriteMany',
        remedy: 'set ReadWriteOnce, or use a class whose driver serves ReadWriteMany ("cephfs", "efs")',
      },
    ])
  })

  it.each([
    ['the default class', {}, 'ebs.csi.aws.com (class "gp3") serves only ReadWriteOnce and ReadWriteOncePod'],
    [
      'an in-tree provisioner',
      { storageClassName: 'gp2' },
      'kubernetes.io/aws-ebs (class "gp2") serves only ReadWriteOnce and ReadWriteOncePod',
    ],
    [
      'a driver that can be read by many',
      { storageClassName: 'pd' },
      'pd.csi.storage.gke.io (class "pd") serves only ReadWriteOnce, ReadWriteOncePod and ReadOnlyMany',
    ],
    [
      'a driver of which reading by many is not known',
      { storageClassName: 'azure' },
      'disk.csi.azure.com (class "azure") serves a file system to one writing node only',
    ],
  ])('judges ReadWriteMany by the class: %s', (_, spec, says) => {
    expect(evaluate(claim(many, spec)).map(({ problem }) => problem)).toEqual([`{{field}} is "ReadWriteMany"; ${says}`])
  })

  it('judges each mode', () => {
    const modes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteMany']
    expect(evaluate(claim(modes, { storageClassName: 'gp3' })).map(({ path }) => path)).toEqual([
      '/spec/accessModes/0',
      '/spec/accessModes/1',
      '/spec/accessModes/2',
    ])
    expect(evaluate(claim(modes, { storageClassName: 'pd' })).map(({ path }) => path)).toEqual([
      '/spec/accessModes/1',
      '/spec/accessModes/2',
    ])
  })

  it('reads the class where Kubernetes reads it', () => {
    const annotated = {
      metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': 'gp3' } },
      spec: { accessModes: many, storageClassName: 'cephfs' },
    }
    expect(evaluate(annotated)).toHaveLength(1)
  })

  it.each([
    ['raw block', many, { storageClassName: 'gp3', volumeMode: 'Block' }],
    ['a file system driver', many, { storageClassName: 'efs' }],
    ['an unverified "no"', many, { storageClassName: 'powerstore' }],
    ['a driver that can, set up so', many, { storageClassName: 'vsan' }],
    ['a provisioner that can, set up so', many, { storageClassName: 'local' }],
    ['a driver nobody knows', many, { storageClassName: 'mine' }],
    ['a class nobody knows', many, { storageClassName: 'bronze' }],
    ['static binding', many, { storageClassName: '' }],
    ['a claim that names its volume', many, { storageClassName: 'gp3', volumeName: 'pv-1' }],
    ['reading by many where it is not known', ['ReadOnlyMany'], { storageClassName: 'azure' }],
    ['single-node modes', ['ReadWriteOnce', 'ReadWriteOncePod'], { storageClassName: 'gp3' }],
    ['a misspelt mode', ['ReadWriteAll'], { storageClassName: 'gp3' }],
  ])('says nothing about %s', (_, modes, spec) => {
    expect(evaluate(claim(modes, spec))).toEqual([])
  })

  it('says nothing where the default class is not certain', () => {
    expect(evaluate(claim(many), inventoryOf(classes))).toEqual([])
    expect(evaluate(claim(many, { storageClassName: 'gp3' }), inventoryOf(classes))).toHaveLength(1)
  })

  it('says nothing where a prepared volume of the class has the mode', () => {
    const volume = (claimRef: JsonObject): JsonObject => ({
      kind: 'PersistentVolume',
      metadata: { name: 'node-local' },
      spec: { storageClassName: 'gp3', accessModes: many, ...claimRef },
    })
    const wanted = claim(many, { storageClassName: 'gp3' })
    expect(evaluate(wanted, inventoryOf([...classes, volume({})]))).toEqual([])
    expect(evaluate(wanted, inventoryOf([...classes, volume({ claimRef: { name: 'other' } })]))).toHaveLength(1)
    // A mode written into a volume is not one that its driver serves.
    expect(evaluate(wanted, inventoryOf([...classes, volume({ csi: { driver: 'ebs.csi.aws.com' } })]))).toHaveLength(1)
    expect(evaluate(wanted, inventoryOf([...classes, volume({ csi: { driver: 'efs.csi.aws.com' } })]))).toEqual([])
  })

  it('believes the operator, from the configuration and from the parameters', () => {
    const wanted = claim(many, { storageClassName: 'mine' })
    const drivers = { 'disks.example.com': { writers: 'one' } }
    const context = checkContext({ inventory, drivers: driverTable(drivers) })
    expect(accessModesSupported.evaluate({}, wanted, context)).toHaveLength(1)
    expect(evaluate(wanted, inventory, { drivers })).toHaveLength(1)
    const shared = { 'ebs.csi.aws.com': { writers: 'many' } }
    expect(evaluate(claim(many, { storageClassName: 'gp3' }), inventory, { drivers: shared })).toEqual([])
  })

  it('names no class where none can', () => {
    expect(evaluate(claim(many, { storageClassName: 'gp3' }), inventoryOf(classes))[0]?.remedy).toBe(
      'set ReadWriteOnce, or use a class whose driver serves ReadWriteMany',
    )
  })

  it('never throws on malformed claims', () => {
    const keys = fc.constantFrom('spec', 'accessModes', 'storageClassName', 'metadata', 'annotations', 'drivers')
    fc.assert(
      fc.property(fc.object({ key: keys, values: [fc.constantFrom('ReadWriteMany', 'gp3', null, 1)] }), (value) => {
        const object: unknown = JSON.parse(JSON.stringify(value))
        if (!isObject(object)) return
        for (const finding of evaluate(object, inventory, object)) {
          expect(finding.path).toMatch(/^\/spec\/accessModes\/\d+$/)
        }
      }),
    )
  })
})
