import { expect, test } from 'vitest'
import { checkContext } from '../../../test/support/check-context.ts'
import type { JsonObject } from '../../kubernetes/json.ts'
import { configMapSecrets } from './check.ts'
import type { SecretMatch } from './collector.ts'
import { podSecrets } from './pod.ts'
import type { BoundScanner } from './scanner.ts'
import { weakPasswords } from './weak.ts'

// Takes every value for such a word.
const scanSecrets: BoundScanner = (entries) =>
  entries.map(
    ({ path }): SecretMatch => ({
      path,
      kind: 'weak-password',
      title: 'a weak password',
      confidence: 'low',
      line: undefined,
      innerKey: undefined,
      wrapped: 0,
      fingerprint: '0123abcd',
    }),
  )

const context = checkContext({ scanSecrets })
const configMap = { kind: 'ConfigMap', metadata: { name: 'orders' }, data: { password: 'changeme' } }
const pod = { spec: { containers: [{ name: 'app', env: [{ name: 'DB_PASSWORD', value: 'changeme' }] }] } }

test.each<[string, JsonObject, string]>([
  ['a ConfigMap', configMap, '/data/password'],
  ['a pod in a workload', pod, '/spec/containers/0/env/0/value'],
  ['a pod', { kind: 'Pod', ...pod }, '/spec/containers/0/env/0/value'],
  ['a class', { kind: 'StorageClass', parameters: { password: 'changeme' } }, '/parameters/password'],
  ['a snapshot class', { kind: 'VolumeSnapshotClass', parameters: { password: 'changeme' } }, '/parameters/password'],
])('weakPasswords looks into %s, and means it', (_what, object, path) => {
  const [finding, ...more] = weakPasswords.evaluate({}, object, context)
  expect([finding?.path, finding?.advice, finding?.fingerprints, more]).toEqual([path, undefined, ['0123abcd'], []])
})

test('weakPasswords passes over what is allowed', () => {
  expect(weakPasswords.evaluate({ allowKeys: ['pass*'] }, configMap, context)).toEqual([])
  expect(weakPasswords.evaluate({ allowFingerprints: ['0123abcd'] }, configMap, context)).toEqual([])
  expect(weakPasswords.evaluate({ allowFingerprints: ['0123abce'] }, configMap, context)).toHaveLength(1)
})

test.each([configMapSecrets, podSecrets])('$name leaves such passwords to it', (check) => {
  const object = check === podSecrets ? pod : configMap
  expect(check.evaluate({ minimumConfidence: 'low' }, object, context)).toEqual([])
})
