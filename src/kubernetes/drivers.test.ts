import { describe, expect, it } from 'vitest'
import { builtInDrivers } from './drivers.ts'
import data from './drivers.json' with { type: 'json' }
import { asArray, asObject, asString, at, type JsonObject, member } from './json.ts'
import { parseConfig } from '../policy/parse.ts'

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
    ['filestore.csi.storage.gke.io', 'many', undefined],
    ['io.openebs.csi-mayastor', 'one', false],
    ['rawfile.csi.openebs.io', 'one', false],
    ['zfs.csi.openebs.io', undefined, undefined],
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

  it('are read whole: nothing misspelt, nothing of a wrong type', () => {
    for (const [driver, entry] of Object.entries(data)) {
      expect(driver).toMatch(/^[A-Za-z0-9][A-Za-z0-9./-]*$/)
      expect(builtInDrivers.get(driver)).toEqual(entry)
    }
  })

  it.each(Object.entries<JsonObject>(data))('%s: every fact names a public page', (_driver, entry) => {
    expect(pagesOf(entry).filter((page) => page === undefined || !/^https:\/\/[^ ]+$/.test(page))).toEqual([])
    expect(Object.keys(asObject(member(entry, 'sources'))).filter((fact) => !Object.hasOwn(entry, fact))).toEqual([])
  })

  it('are verified only by the driver’s own pages, and only then say more than the CSI project’s table', () => {
    const table = 'https://kubernetes-csi.github.io/docs/drivers.html'
    const more = ['zonal', 'topologyKeys', 'fsGroupPolicy', 'attributesClass', 'encryption', 'premium', 'multiZone']
    const entries = Object.values<JsonObject>(data)
    const unverified = entries.filter((entry) => member(entry, 'verified') === false)
    expect(entries.filter((entry) => member(entry, 'source') === table)).toEqual(unverified)
    expect(unverified.flatMap((entry) => more.filter((fact) => Object.hasOwn(entry, fact)))).toEqual([])
  })

  it('may be said by an operator just so', () => {
    const drivers = Object.fromEntries(
      Object.entries<JsonObject>(data).map(([driver, { verified: _verified, ...facts }]) => [driver, facts]),
    )
    expect(() => parseConfig({ drivers }, 'holdfast.json')).not.toThrow()
  })

  it.each(['unknown.example.com', '', 'constructor', '__proto__', 'kubernetes.io/no-provisioner'])(
    'know nothing of %j',
    (driver) => {
      expect(builtInDrivers.get(driver)).toBeUndefined()
    },
  )
})

/** Where each fact is from that must say so. */
function pagesOf(entry: JsonObject): readonly (string | undefined)[] {
  const own = ['zonal', 'topologyKeys', 'fsGroupPolicy', 'caseInsensitive'].filter((fact) => Object.hasOwn(entry, fact))
  const lists = [member(entry, 'premium'), member(entry, 'multiZone'), at(entry, 'encryption', 'parameters')]
  return [
    asString(member(entry, 'source')),
    ...own.map((fact) => asString(at(entry, 'sources', fact))),
    ...lists.flatMap((list) => asArray(list).map((item) => asString(member(item, 'source')))),
    ...(at(entry, 'encryption', 'always') === undefined ? [] : [asString(at(entry, 'encryption', 'source'))]),
  ]
}

describe('encryption at rest', () => {
  it.each([
    ['ebs.csi.aws.com', undefined, ['encrypted=true']],
    ['disk.csi.azure.com', true, ['diskEncryptionSetID']],
    ['file.csi.azure.com', true, []],
    ['pd.csi.storage.gke.io', true, ['disk-encryption-kms-key']],
    ['filestore.csi.storage.gke.io', undefined, ['instance-encryption-kms-key']],
    ['rbd.csi.ceph.com', undefined, ['encrypted=true']],
    ['cephfs.csi.ceph.com', undefined, ['encrypted=true']],
    ['rook-ceph.rbd.csi.ceph.com', undefined, ['encrypted=true']],
    ['driver.longhorn.io', undefined, ['encrypted=true']],
    ['pxd.portworx.com', undefined, ['secure=true']],
  ])('%s: always %s, parameters %j', (driver, always, parameters) => {
    const encryption = builtInDrivers.get(driver)?.encryption
    expect(encryption?.always).toBe(always)
    expect(
      (encryption?.parameters ?? []).map(({ parameter, value }) => [parameter, value].filter(Boolean).join('=')),
    ).toEqual(parameters)
  })

  it('is a matter of one value only with EBS, which has a key of its own', () => {
    const plain = Object.entries<JsonObject>(data).filter(([, entry]) =>
      asArray(at(entry, 'encryption', 'parameters')).some((parameter) => member(parameter, 'plain') === true),
    )
    expect(plain.map(([driver]) => driver)).toEqual(['ebs.csi.aws.com'])
  })

  it.each([
    'efs.csi.aws.com',
    'csi.vsphere.vmware.com',
    'nfs.csi.k8s.io',
    'local.csi.openebs.io',
    'zfs.csi.openebs.io',
  ])('is not for a class of %s to say', (driver) => {
    expect(builtInDrivers.get(driver)?.verified).toBe(true)
    expect(builtInDrivers.get(driver)?.encryption).toBeUndefined()
  })
})

describe('tiers and topology', () => {
  it.each([
    ['ebs.csi.aws.com', ['type: io1 io2']],
    [
      'disk.csi.azure.com',
      [
        'skuName: Premium_LRS Premium_ZRS PremiumV2_LRS UltraSSD_LRS',
        'storageAccountType: Premium_LRS Premium_ZRS PremiumV2_LRS UltraSSD_LRS',
      ],
    ],
    ['file.csi.azure.com', ['skuName: Premium_LRS Premium_ZRS', 'storageAccountType: Premium_LRS Premium_ZRS']],
    ['pd.csi.storage.gke.io', ['type: pd-extreme hyperdisk-extreme']],
    ['filestore.csi.storage.gke.io', ['tier: premium basic_ssd high_scale_ssd zonal enterprise']],
    ['pxd.portworx.com', ['io_priority: high', 'priority_io: high']],
  ])('%s: premium is %j', (driver, premium) => {
    expect(
      builtInDrivers.get(driver)?.premium?.map(({ parameter, values }) => `${parameter}: ${values.join(' ')}`),
    ).toEqual(premium)
  })

  it.each([
    ['ebs.csi.aws.com', true, 'topology.ebs.csi.aws.com/zone'],
    ['ebs.csi.aws.com', true, 'topology.kubernetes.io/zone'],
    ['disk.csi.azure.com', true, 'topology.disk.csi.azure.com/zone'],
    ['disk.csi.azure.com', true, 'topology.kubernetes.io/zone'],
    ['pd.csi.storage.gke.io', true, 'topology.gke.io/zone'],
    ['filestore.csi.storage.gke.io', false, 'topology.gke.io/zone'],
  ])('%s: zonal %s, key %s', (driver, zonal, key) => {
    expect(builtInDrivers.get(driver)?.zonal).toBe(zonal)
    expect(builtInDrivers.get(driver)?.topologyKeys).toContain(key)
  })

  it.each(['rbd.csi.ceph.com', 'csi.vsphere.vmware.com', 'zfs.csi.openebs.io', 'local.csi.openebs.io'])(
    'the keys of %s depend on how it is set up',
    (driver) => {
      expect([builtInDrivers.get(driver)?.topology, builtInDrivers.get(driver)?.topologyKeys]).toEqual([
        true,
        undefined,
      ])
    },
  )

  it.each([
    ['disk.csi.azure.com', ['skuName', 'storageAccountType']],
    ['pd.csi.storage.gke.io', ['replication-type', 'type']],
    ['ebs.csi.aws.com', undefined],
  ])('%s: %j can span zones', (driver, parameters) => {
    expect(builtInDrivers.get(driver)?.multiZone?.map(({ parameter }) => parameter)).toEqual(parameters)
  })
})

describe('fsGroup, attributes classes and the case of names', () => {
  it.each([
    ['ebs.csi.aws.com', 'File', true, true],
    ['disk.csi.azure.com', 'File', true, true],
    ['file.csi.azure.com', 'File', undefined, true],
    ['nfs.csi.k8s.io', 'File', undefined, undefined],
    ['rbd.csi.ceph.com', 'File', undefined, undefined],
    ['cephfs.csi.ceph.com', 'File', undefined, undefined],
    ['filestore.csi.storage.gke.io', 'File', undefined, undefined],
    ['efs.csi.aws.com', undefined, false, undefined],
    ['pd.csi.storage.gke.io', undefined, true, undefined],
    // Rook writes the CSIDriver itself, as its own settings say.
    ['rook-ceph.rbd.csi.ceph.com', undefined, undefined, undefined],
  ])('%s: %s, %s, %s', (driver, fsGroupPolicy, attributesClass, caseInsensitive) => {
    const facts = builtInDrivers.get(driver)
    expect([facts?.fsGroupPolicy, facts?.attributesClass, facts?.caseInsensitive]).toEqual([
      fsGroupPolicy,
      attributesClass,
      caseInsensitive,
    ])
  })
})

describe('in-tree provisioners', () => {
  it('stand under their successor’s facts', () => {
    expect(builtInDrivers.get('kubernetes.io/aws-ebs')).toBe(builtInDrivers.get('ebs.csi.aws.com'))
    expect(builtInDrivers.get('kubernetes.io/glusterfs')).toBeUndefined()
  })
})
