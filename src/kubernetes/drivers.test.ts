import { describe, expect, it } from 'vitest'
import { builtInDrivers, driverTable, withOverrides } from './drivers.ts'
import data from './drivers.json' with { type: 'json' }
import { inTreePlugin, inTreePlugins, inTreeSource } from './in-tree.ts'

describe('the built-in facts', () => {
  it.each([
    ['ebs.csi.aws.com', 'one', false],
    ['efs.csi.aws.com', 'many', undefined],
    ['disk.csi.azure.com', 'one', undefined],
    ['file.csi.azure.com', 'many', undefined],
    ['pd.csi.storage.gke.io', 'one', true],
    ['rbd.csi.ceph.com', 'one', true],
    ['rook-ceph.rbd.csi.ceph.com', 'one', true],
    ['rook-ceph.cephfs.csi.ceph.com', 'many', true],
    ['pxd.portworx.com', 'many', undefined],
    ['driver.longhorn.io', 'many', undefined],
    ['nfs.csi.k8s.io', 'many', undefined],
    ['local.csi.openebs.io', 'one', false],
    // These depend on how they are set up: vSAN File Service, sharedFileSystemPath.
    ['csi.vsphere.vmware.com', undefined, undefined],
    ['rancher.io/local-path', undefined, undefined],
  ])('%s: writers %s, readOnlyMany %s, verified', (driver, writers, readOnlyMany) => {
    const facts = builtInDrivers.get(driver)
    expect([facts?.writers, facts?.readOnlyMany, facts?.verified]).toEqual([writers, readOnlyMany, true])
  })

  it('of the CSI project’s table are not verified', () => {
    expect(builtInDrivers.get('csi-powerstore.dellemc.com')).toEqual({
      title: 'Dell EMC PowerStore',
      writers: 'one',
      rawBlock: true,
      snapshot: true,
      expansion: true,
      cloning: true,
      topology: true,
      source: 'https://kubernetes-csi.github.io/docs/drivers.html',
      verified: false,
    })
  })

  it('all name a public page as their source, and only known members', () => {
    const members = ['title', 'writers', 'readOnlyMany', 'rawBlock', 'snapshot', 'expansion', 'cloning', 'topology']
    for (const [driver, entry] of Object.entries(data)) {
      expect(driver).toMatch(/^[A-Za-z0-9][A-Za-z0-9./-]*$/)
      expect(entry.source).toMatch(/^https:\/\//)
      expect(Object.keys(entry).filter((key) => ![...members, 'source', 'verified'].includes(key))).toEqual([])
      expect(builtInDrivers.get(driver)).toEqual(entry)
    }
  })

  it.each(['unknown.example.com', '', 'constructor', '__proto__', 'kubernetes.io/no-provisioner'])(
    'know nothing of %j',
    (driver) => {
      expect(builtInDrivers.get(driver)).toBeUndefined()
    },
  )
})

describe('in-tree plugins', () => {
  it('stand under their successor’s facts', () => {
    expect(builtInDrivers.get('kubernetes.io/aws-ebs')).toBe(builtInDrivers.get('ebs.csi.aws.com'))
    expect(builtInDrivers.get('kubernetes.io/glusterfs')).toBeUndefined()
  })

  it.each([
    ['awsElasticBlockStore', 'kubernetes.io/aws-ebs', 'ebs.csi.aws.com', undefined],
    ['rbd', 'kubernetes.io/rbd', 'rbd.csi.ceph.com', '1.31'],
    ['glusterfs', 'kubernetes.io/glusterfs', undefined, '1.26'],
  ])('%s is %s', (field, plugin, csiDriver, removedIn) => {
    expect(inTreeSource(field)).toBe(inTreePlugin(plugin))
    expect([inTreePlugin(plugin)?.csiDriver, inTreePlugin(plugin)?.removedIn]).toEqual([csiDriver, removedIn])
  })

  it.each(['hostPath', 'nfs', 'csi', 'toString'])('%s is not one', (field) => {
    expect(inTreeSource(field)).toBeUndefined()
  })

  it('are each there once', () => {
    expect(new Set(inTreePlugins.map(({ plugin }) => plugin)).size).toBe(inTreePlugins.length)
    expect(new Set(inTreePlugins.map(({ volumeSource }) => volumeSource)).size).toBe(inTreePlugins.length)
  })
})

describe('an operator’s corrections', () => {
  it('are verified facts of a driver nobody knows', () => {
    expect(driverTable({ 'disks.example.com': { writers: 'one', snapshot: true } }).get('disks.example.com')).toEqual({
      writers: 'one',
      snapshot: true,
      verified: true,
    })
  })

  it('go field by field over a verified entry, also under its in-tree name', () => {
    const table = driverTable({ 'ebs.csi.aws.com': { snapshot: false } })
    const corrected = { ...builtInDrivers.get('ebs.csi.aws.com'), snapshot: false }
    expect(table.get('ebs.csi.aws.com')).toEqual(corrected)
    expect(table.get('kubernetes.io/aws-ebs')).toEqual(corrected)
    expect(table.get('efs.csi.aws.com')).toBe(builtInDrivers.get('efs.csi.aws.com'))
  })

  it('do not vouch for the unchecked facts beside them', () => {
    expect(driverTable({ 'csi-powerstore.dellemc.com': { snapshot: true } }).get('csi-powerstore.dellemc.com')).toEqual(
      {
        title: 'Dell EMC PowerStore',
        snapshot: true,
        verified: true,
      },
    )
  })

  it.each([[{}], [{ 'ebs.csi.aws.com': 'many' }], [{ 'ebs.csi.aws.com': { writers: 'two', rawBlock: 'yes' } }]])(
    'of a wrong type change no fact: %j',
    (overrides) => {
      expect(driverTable(overrides).get('ebs.csi.aws.com')).toEqual(builtInDrivers.get('ebs.csi.aws.com'))
    },
  )

  it('may be laid over each other', () => {
    const table = withOverrides(driverTable({ 'a.example.com': { writers: 'one' } }), {
      'a.example.com': { cloning: true },
    })
    expect(table.get('a.example.com')).toEqual({ writers: 'one', cloning: true, verified: true })
    expect(withOverrides(table, undefined)).toBe(table)
  })
})
