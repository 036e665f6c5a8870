import { afterAll, describe, expect, it } from 'vitest'
import { run, testFolder } from '../../test/support/command-line.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const settings = { policies: { 'to-come': { action: 'warn' } } }

describe('custom resources', () => {
  it('need a cluster', async () => {
    const needsCluster = 'custom resources need --cluster (customResources and cluster in holdfast.json)'
    await expect(run(['serve', '--custom-resources'])).rejects.toThrow(needsCluster)
    const config = folder.file('alone.json', { customResources: true })
    await expect(run(['serve', '--config', config])).rejects.toThrow(needsCluster)
  })

  it('may bring policies that the configuration names already', async () => {
    const without = folder.file('without.json', settings)
    await expect(run(['policies', '--config', without])).rejects.toThrow(
      /\/policies\/to-come names the policy "to-come", which does not exist/,
    )
    const config = folder.file('with.json', { ...settings, customResources: true })
    expect((await run(['policies', '--config', config])).code).toBe(0)
  })
})
