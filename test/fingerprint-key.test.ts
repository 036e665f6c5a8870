import { afterAll, describe, expect, it } from 'vitest'
import { load, type LoadOptions, policyFilesOf } from '../src/load.ts'
import type { JsonObject } from '../src/kubernetes/json.ts'
import { run, testFolder } from './support/command-line.ts'
import { configMap } from './support/policy-set.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const [ofFile, ofEnvironment] = ['f'.repeat(32), 'e'.repeat(32)]
const keyFile = folder.file('key', `${ofFile}\n`)
const options = (config: JsonObject, fingerprintKey?: string): LoadOptions => ({
  configFile: folder.file('holdfast.json', config),
  policyDirectories: [],
  profile: undefined,
  ownNamespace: 'holdfast-system',
  fingerprintKey,
})

describe('the key of fingerprints', () => {
  const file = { fingerprintKeyFile: 'key' }
  it.each<[string, JsonObject, string | undefined, string | undefined]>([
    ['is nowhere', {}, undefined, undefined],
    ['is in a file beside the configuration', file, undefined, ofFile],
    ['is in the environment', {}, ofEnvironment, ofEnvironment],
    ['is in the environment, which counts over the file', file, ofEnvironment, ofEnvironment],
  ])('%s', (_what, config, given, key) => {
    expect(load(options(config, given)).policies.fingerprintKey).toBe(key)
  })

  it.each<[string, JsonObject, string | undefined, string]>([
    [
      'too short',
      {},
      'short',
      'HOLDFAST_FINGERPRINT_KEY: is a key of 5 characters; it must have at least 32 (openssl rand -hex 32)',
    ],
    ['no file', { fingerprintKeyFile: 'none' }, undefined, 'none: cannot be read (ENOENT)'],
  ])('is refused: %s', (_what, config, key, problem) => {
    expect(() => load(options(config, key))).toThrow(problem)
  })

  it('is looked for changes as other files are', () => {
    expect(policyFilesOf(options({ fingerprintKeyFile: 'key' }))).toContain(keyFile)
  })

  it('makes the fingerprints that messages give', async () => {
    const fingerprintIn = async (fingerprintKey: string): Promise<string | undefined> => {
      const more = { environment: { ownNamespace: 'holdfast-system', colors: false, fingerprintKey } }
      const { out } = await run(['check', '-'], JSON.stringify(configMap({ password: 'tulip9meadow' })), more)
      return /fingerprint ([0-9a-f]{8})\b/.exec(out)?.[1]
    }
    const [one, other] = [await fingerprintIn(ofEnvironment), await fingerprintIn(ofFile)]
    expect([one, other]).not.toContain(undefined)
    expect(one).not.toBe(other)
  })
})
