import { describe, expect, it } from 'vitest'
import { LoadError } from '../policy/problem.ts'
import { parseConfig } from '../policy/parse.ts'
import data from './in-tree.json' with { type: 'json' }
import { builtInInTree, inTreePlugin, inTreePlugins, inTreeSource, inTreeTable } from './in-tree.ts'
import type { JsonObject } from './json.ts'

describe('the in-tree plugins', () => {
  it.each([
    ['awsElasticBlockStore', 'kubernetes.io/aws-ebs', 'ebs.csi.aws.com', '1.23', undefined],
    ['azureDisk', 'kubernetes.io/azure-disk', 'disk.csi.azure.com', '1.23', undefined],
    ['azureFile', 'kubernetes.io/azure-file', 'file.csi.azure.com', '1.24', undefined],
    ['cinder', 'kubernetes.io/cinder', 'cinder.csi.openstack.org', '1.21', undefined],
    ['gcePersistentDisk', 'kubernetes.io/gce-pd', 'pd.csi.storage.gke.io', '1.23', undefined],
    ['portworxVolume', 'kubernetes.io/portworx-volume', 'pxd.portworx.com', '1.31', undefined],
    ['vsphereVolume', 'kubernetes.io/vsphere-volume', 'csi.vsphere.vmware.com', '1.25', undefined],
    ['cephfs', 'kubernetes.io/cephfs', 'cephfs.csi.ceph.com', undefined, '1.31'],
    ['rbd', 'kubernetes.io/rbd', 'rbd.csi.ceph.com', undefined, '1.31'],
    ['flocker', 'kubernetes.io/flocker', '', undefined, '1.25'],
    ['glusterfs', 'kubernetes.io/glusterfs', '', undefined, '1.26'],
    ['photonPersistentDisk', 'kubernetes.io/photon-pd', '', undefined, '1.15'],
    ['quobyte', 'kubernetes.io/quobyte', 'quobyte-csi', undefined, '1.25'],
    ['scaleIO', 'kubernetes.io/scaleio', '', undefined, '1.21'],
    ['storageos', 'kubernetes.io/storageos', 'storageos', undefined, '1.25'],
    ['flexVolume', 'kubernetes.io/flexvolume', '', undefined, undefined],
    ['gitRepo', 'kubernetes.io/git-repo', '', undefined, '1.36'],
  ])('%s is %s', (field, plugin, csiDriver, redirectedSince, removedIn) => {
    expect(inTreeSource(field)).toBe(inTreePlugin(plugin))
    expect(inTreePlugin(plugin)).toMatchObject({ plugin, volumeSource: field, csiDriver })
    expect([inTreePlugin(plugin)?.redirectedSince, inTreePlugin(plugin)?.removedIn]).toEqual([
      redirectedSince,
      removedIn,
    ])
  })

  it('are these and no others', () => {
    expect(inTreePlugins.map(({ plugin }) => plugin)).toEqual(Object.keys(data))
    expect(inTreePlugins).toHaveLength(17)
    expect(Object.keys(builtInInTree.sources)).toHaveLength(17)
  })

  it.each(['hostPath', 'nfs', 'iscsi', 'fc', 'local', 'csi', 'toString', '__proto__'])('%s is not one', (name) => {
    expect(inTreeSource(name)).toBeUndefined()
    expect(inTreePlugin(name)).toBeUndefined()
  })

  it('say what to use in their place', () => {
    expect(inTreeSource('rbd')?.replacement).toBe('the CSI driver rbd.csi.ceph.com')
    expect(inTreeSource('glusterfs')?.replacement).toBe('a CSI driver of the same storage system')
    expect(inTreeSource('gitRepo')?.replacement).toBe(
      'an emptyDir volume into which an init container clones the repository',
    )
  })

  it('name a public page each', () => {
    for (const { source } of inTreePlugins) expect(source).toMatch(/^https:\/\/kubernetes\.io\/docs\//)
  })
})

describe('an operator’s corrections', () => {
  it('of nothing leave the built-in table', () => {
    expect(inTreeTable(undefined)).toBe(builtInInTree)
    expect(inTreeTable({})).toBe(builtInInTree)
  })

  it('go field by field', () => {
    const table = inTreeTable({ 'kubernetes.io/cinder': { removedIn: '1.40' } })
    expect(table.provisioners['kubernetes.io/cinder']).toEqual({ ...inTreeSource('cinder'), removedIn: '1.40' })
    expect(table.sources['cinder']).toBe(table.provisioners['kubernetes.io/cinder'])
    expect(table.sources['rbd']).toEqual(inTreeSource('rbd'))
    expect(inTreeSource('cinder')?.removedIn).toBeUndefined()
  })

  it('of the driver change what to use', () => {
    const { sources } = inTreeTable({
      'kubernetes.io/glusterfs': { csiDriver: 'kadalu' },
      'kubernetes.io/rbd': { csiDriver: '' },
      'kubernetes.io/git-repo': { csiDriver: 'git.example.com' },
      'kubernetes.io/cinder': { csiDriver: 'disks.example.com', replacement: 'our disks' },
    })
    expect(['glusterfs', 'rbd', 'gitRepo', 'cinder'].map((field) => sources[field]?.replacement)).toEqual([
      'the CSI driver kadalu',
      'a CSI driver of the same storage system',
      'the CSI driver git.example.com',
      'our disks',
    ])
  })

  it('take a plugin out with null', () => {
    const { provisioners, sources } = inTreeTable({ 'kubernetes.io/flexvolume': null })
    expect(Object.keys(provisioners)).toEqual(
      Object.keys(data).filter((plugin) => plugin !== 'kubernetes.io/flexvolume'),
    )
    expect(Object.hasOwn(sources, 'flexVolume')).toBe(false)
  })

  it('add a plugin, with a field of volumes or without', () => {
    const { provisioners, sources } = inTreeTable({
      'kubernetes.io/old': { volumeSource: 'oldVolume', removedIn: '1.50' },
      'kubernetes.io/older': {},
    })
    expect(sources['oldVolume']).toEqual({
      plugin: 'kubernetes.io/old',
      volumeSource: 'oldVolume',
      csiDriver: '',
      replacement: 'a CSI driver of the same storage system',
      removedIn: '1.50',
    })
    expect(provisioners['kubernetes.io/older']).toMatchObject({ volumeSource: '' })
    expect(Object.keys(sources)).toEqual([...Object.keys(builtInInTree.sources), 'oldVolume'])
  })

  it.each<[JsonObject]>([
    [{ 'kubernetes.io/rbd': 'gone' }],
    [{ 'kubernetes.io/rbd': { removedIn: 1.31, csiDriver: null, other: 'x' } }],
    [{ 'kubernetes.io/rbd': [] }],
  ])('of a wrong type change nothing: %j', (overrides) => {
    expect(inTreeTable(overrides)).toEqual(builtInInTree)
  })

  it('under names of Object’s own members are only those', () => {
    const table = inTreeTable(JSON.parse('{"__proto__":{"volumeSource":"constructor"}}'))
    expect(Object.keys(table.provisioners)).toEqual([...Object.keys(data), '__proto__'])
    expect(Object.getPrototypeOf(table.provisioners)).toBe(Object.prototype)
    expect(Object.hasOwn(table.sources, 'constructor')).toBe(true)
  })

  it('make a frozen table, as the built-in one is', () => {
    for (const table of [builtInInTree, inTreeTable({ 'kubernetes.io/rbd': { removedIn: '1.32' } })]) {
      expect(Object.isFrozen(table)).toBe(true)
      expect(Object.isFrozen(table.provisioners)).toBe(true)
      expect(Object.isFrozen(table.sources)).toBe(true)
      expect(Object.values(table.sources).every((entry) => Object.isFrozen(entry))).toBe(true)
    }
  })
})

describe('inTreePlugins in holdfast.json', () => {
  it('can say all that the built-in table says, and null', () => {
    expect(() => parseConfig({ inTreePlugins: { ...data, 'kubernetes.io/rbd': null } }, 'holdfast.json')).not.toThrow()
  })

  it.each<[JsonObject, string]>([
    [{ 'kubernetes.io/rbd': { removedin: '1.31' } }, 'did you mean "removedIn"'],
    [{ 'kubernetes.io/rbd': { removedIn: 'v1.31' } }, '/inTreePlugins/kubernetes.io~1rbd/removedIn'],
    [{ 'kubernetes.io/rbd': false }, '/inTreePlugins/kubernetes.io~1rbd'],
  ])('is refused where it is wrong: %j', (inTreePluginsGiven, problem) => {
    const reading = (): unknown => parseConfig({ inTreePlugins: inTreePluginsGiven }, 'holdfast.json')
    expect(reading).toThrow(LoadError)
    expect(reading).toThrow(problem)
  })
})
