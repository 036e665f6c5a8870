import { describe, expect, it } from 'vitest'
import { builtInDrivers, driverTable, withOverrides } from './drivers.ts'
import type { JsonObject } from './json.ts'
import { parseConfig } from '../policy/parse.ts'

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

  it('replace lists and objects as a whole, and with a fact its source', () => {
    const built = builtInDrivers.get('ebs.csi.aws.com')
    const corrections = {
      encryption: { always: true },
      premium: [{ parameter: 'type', values: ['io2'] }],
      topologyKeys: [],
      fsGroupPolicy: 'None',
    } as const
    const facts = driverTable({ 'ebs.csi.aws.com': corrections }).get('ebs.csi.aws.com')
    const { topologyKeys: _keys, fsGroupPolicy: _policy, ...sources } = built?.sources ?? {}
    expect(facts).toEqual({ ...built, ...corrections, sources })
  })

  it('can say where they are from', () => {
    const sources = { zonal: 'https://docs.example.com/zones' }
    expect(driverTable({ 'a.example.com': { zonal: true, sources } }).get('a.example.com')).toEqual({
      zonal: true,
      sources,
      verified: true,
    })
  })

  it.each<[JsonObject, JsonObject]>([
    [
      { encryption: true, premium: {}, multiZone: 'all', topologyKeys: 'zone', fsGroupPolicy: 'Always', sources: [] },
      {},
    ],
    [{ encryption: { always: 'yes', parameters: 'encrypted', source: 1 } }, { encryption: {} }],
    [
      { encryption: { parameters: [null, {}, { parameter: 1 }, { parameter: 'p', value: true, plain: 'no' }] } },
      { encryption: { parameters: [{ parameter: 'p' }] } },
    ],
    [
      { premium: [7, { parameter: 'p' }, { values: ['v'] }, { parameter: 'p', values: ['v', 1], title: 2 }] },
      { premium: [{ parameter: 'p', values: ['v'] }] },
    ],
    [{ topologyKeys: ['a', 1, null] }, { topologyKeys: ['a'] }],
    [
      { sources: { zonal: 1, topology: 'https://docs.example.com' } },
      { sources: { topology: 'https://docs.example.com' } },
    ],
  ])('leave out what has a wrong type: %j', (overrides, facts) => {
    expect(driverTable({ 'a.example.com': overrides }).get('a.example.com')).toEqual({ ...facts, verified: true })
  })

  it.each<[JsonObject, string]>([
    [{ fsGroupPolicy: 'Always' }, '/drivers/a.example.com/fsGroupPolicy'],
    [{ encryption: { parameters: [{ value: 'true' }] } }, '/drivers/a.example.com/encryption/parameters/0'],
    [{ premium: [{ parameter: 'type', values: [] }] }, '/drivers/a.example.com/premium/0/values'],
    [{ topologykeys: [] }, 'did you mean "topologyKeys"'],
  ])('are refused in holdfast.json where they are wrong: %j', (facts, problem) => {
    expect(() => parseConfig({ drivers: { 'a.example.com': facts } }, 'holdfast.json')).toThrow(problem)
  })

  it('may be laid over each other', () => {
    const table = withOverrides(driverTable({ 'a.example.com': { writers: 'one' } }), {
      'a.example.com': { cloning: true },
    })
    expect(table.get('a.example.com')).toEqual({ writers: 'one', cloning: true, verified: true })
    expect(withOverrides(table, undefined)).toBe(table)
  })
})
