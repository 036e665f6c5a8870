import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { run, testFolder } from './support/command-line.ts'

const docs = join(import.meta.dirname, '../docs/guide')
const guide = readFileSync(join(docs, 'fix.md'), 'utf8')
const [console = '', refusal = ''] = [...guide.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '')

const folder = testFolder()
afterAll(() => folder.remove())

it('shows what fix really prints', async () => {
  const file = folder.file('class.yaml', readFileSync(join(docs, 'samples/class.yaml'), 'utf8'))
  const { out } = await run(['fix', file])
  const told = out.replaceAll(`--- ${file}`, '--- a/class.yaml').replaceAll(`+++ ${file}`, '+++ b/class.yaml')
  expect(`$ holdfast fix class.yaml\n${told}`).toBe(console)
})

it('shows how it refuses', async () => {
  const text =
    'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nprovisioner: ebs.csi.aws.com\nallowVolumeExpansion: true\n' +
    'volumeBindingMode: &mode Immediate\nparameters: {encrypted: "true"}\nmetadata: {name: fast, labels: {mode: *mode}}\n'
  const { out } = await run(['fix', '--write', folder.file('class.yaml', text)])
  expect(out.replaceAll(`${folder.path}/`, '')).toContain(refusal)
})
