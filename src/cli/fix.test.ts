import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run, testFolder } from '../../test/support/command-line.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const head = 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: ebs.csi.aws.com\n'
const rest = 'allowVolumeExpansion: true\nreclaimPolicy: Delete\nparameters: {encrypted: "true"}\n'

/** What `fix --write` makes of a file, and what it says. */
async function written(text: string, name = 'class.yaml'): Promise<{ text: string; told: string; code?: number }> {
  const file = folder.file(name, text)
  const { out, code } = await run(['fix', '--write', file])
  const told = out.replaceAll(`${folder.path}/`, '')
  return { text: readFileSync(file, 'utf8'), told, ...(code === undefined ? {} : { code }) }
}

describe('fix --write', () => {
  it('changes the lines of the repair, says so, and has nothing to do the next time', async () => {
    const text = `# ours\n${head}volumeBindingMode: Immediate # why\n${rest}`
    const once = await written(text)
    expect(once).toEqual({
      text: `# ours\n${head}volumeBindingMode: WaitForFirstConsumer # why\n${rest}`,
      told:
        'class.yaml:6:1  fixed  StorageClass fast: set volumeBindingMode to "WaitForFirstConsumer"; a class that exists ' +
        'has to be made anew under another name. [storageclass-wait-for-first-consumer]\nfixed 1 violation in 1 file\n',
      code: 0,
    })
    expect(await written(once.text)).toEqual({ text: once.text, told: 'nothing to fix\n', code: 0 })
  })

  it('leaves every other document byte for byte, a broken one and a template too', async () => {
    const others = '--- # first\n\n{{ if .x }}\n---\na: [\r\n---\n'
    const { text, told, code } = await written(`${others}${head}${rest}`)
    expect(text).toBe(`${others}${head}${rest}volumeBindingMode: WaitForFirstConsumer\n`)
    expect(told).toContain('1 template was passed over')
    expect([code, /:\d+:\d+ {2}problem/.test(told)]).toEqual([2, true])
  })

  it('refuses what it cannot place, says why, and makes the other repairs', async () => {
    const shared = `${head}volumeBindingMode: &mode Immediate\nmetadata:\n  name: fast\n  labels: {mode: *mode}\n`
    const { text, told, code } = await written(shared.replace('metadata: {name: fast}\n', ''))
    expect(text).toContain('&mode Immediate')
    expect(text).toContain('allowVolumeExpansion: true')
    expect(told).toMatch(
      /not fixed {2}StorageClass fast: set volumeBindingMode .*\n {2}it is shared through the anchor &mode/,
    )
    expect(code).toBe(1)
  })

  it('repairs what a kustomization is made of, and leaves its patches alone', async () => {
    mkdirSync(join(folder.path, 'base'))
    const file = folder.file('base/class.yaml', `${head}${rest}`)
    folder.file('base/patch.yaml', 'kind: StorageClass\napiVersion: storage.k8s.io/v1\nmetadata: {name: fast}\n')
    folder.file('base/kustomization.yaml', 'resources: [class.yaml]\npatches: [{path: patch.yaml}]\n')
    const { code, out } = await run(['fix', '--write', join(folder.path, 'base')])
    expect(readFileSync(file, 'utf8')).toBe(`${head}${rest}volumeBindingMode: WaitForFirstConsumer\n`)
    expect([code, out]).toEqual([0, expect.stringContaining('fixed 1 violation in 1 file')])
  })

  it('writes nothing into a file that is not UTF-8', async () => {
    const bytes = Buffer.from(`# caf\u00e9\n${head}${rest}`, 'latin1')
    const file = folder.file('latin.yaml', '')
    writeFileSync(file, bytes)
    const { code, out } = await run(['fix', '--write', file])
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(out).toContain('the file is not in UTF-8; save it as UTF-8')
    expect(code).toBe(2)
  })

  it('writes what came from standard input to standard output, changed or not', async () => {
    const { out } = await run(['fix', '-', '--write'], `${head}${rest}`)
    expect(out.startsWith('<stdin>:')).toBe(true)
    expect(out).toContain(`${head}${rest}volumeBindingMode: WaitForFirstConsumer\n`)
    const clean = `${head}${rest}volumeBindingMode: WaitForFirstConsumer\n`
    expect((await run(['fix', '-', '--write'], clean)).out).toBe(`${clean}nothing to fix\n`)
  })

  it('puts what has to be text in quotes as it is written', async () => {
    const pod = (value: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: a:1\n    env: [{name: MODE, value: ${value}}]\n`
    expect((await written(pod('0022'))).text).toBe(pod('"0022"'))
    expect((await written(pod('yes'))).text).toBe(pod('"yes"'))
  })
})

describe('hard YAML', () => {
  // What a person may have written: each line that a repair does not name has to stay as it is, to the byte.
  const hard = [
    '\uFEFF# a comment before everything',
    '%YAML 1.1',
    '---   # on the marker',
    'apiVersion: storage.k8s.io/v1',
    '"kind":   StorageClass',
    'metadata:',
    '    name: !!str fast     # trailing',
    '    labels: &labels {"tier":  gold, team: \'db\' , }',
    '    annotations:',
    '        << : { a: b }',
    '        note: >-',
    '            folded: text',
    '',
    '            volumeBindingMode: Immediate',
    '        cert: |+',
    '            # no comment',
    '            line',
    '',
    '    # between',
    'provisioner: ebs.csi.aws.com',
    'parameters: {type: gp3,   # in braces',
    '   "encrypted": "true"}',
    '? volumeBindingMode',
    ': Immediate',
    'reclaimPolicy: Delete',
    '  ',
    '...',
    '# nothing here',
    '---',
    'kind: [broken',
    '---',
    'apiVersion: v1',
    'kind: List',
    'items:',
    '-   apiVersion: storage.k8s.io/v1',
    '    kind: StorageClass',
    '    metadata: {name: second}',
    '    provisioner: ebs.csi.aws.com # no expansion',
    '    parameters:',
    '      encrypted: yes',
    '',
    '      # the end of the parameters',
    '    volumeBindingMode:    "Immediate"   # wide',
    '    reclaimPolicy: Delete',
    '- {apiVersion: v1, kind: Namespace, metadata: {name: team}}',
    '---',
    '{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "third"},',
    ' "provisioner": "ebs.csi.aws.com", "parameters": {"encrypted": "true"}}',
  ]
  const changes = new Map([
    [': Immediate', [': WaitForFirstConsumer']],
    ['reclaimPolicy: Delete', ['reclaimPolicy: Delete', 'allowVolumeExpansion: true']],
    ['      encrypted: yes', ['      encrypted: "yes"']],
    ['    volumeBindingMode:    "Immediate"   # wide', ['    volumeBindingMode:    "WaitForFirstConsumer"   # wide']],
    ['    reclaimPolicy: Delete', ['    reclaimPolicy: Delete', '    allowVolumeExpansion: true']],
    [
      ' "provisioner": "ebs.csi.aws.com", "parameters": {"encrypted": "true"}}',
      [
        ' "provisioner": "ebs.csi.aws.com", "parameters": {"encrypted": "true"}, "allowVolumeExpansion": true, ' +
          '"volumeBindingMode": "WaitForFirstConsumer"}',
      ],
    ],
  ])

  it.each(['\n', '\r\n'])(
    'changes only the lines of the repairs (line break %j, none at the end)',
    async (lineBreak) => {
      const { text } = await written(hard.join(lineBreak), 'hard.yaml')
      expect(text.split(lineBreak)).toEqual(hard.flatMap((line) => changes.get(line) ?? [line]))
    },
  )
})

describe('fix', () => {
  it('shows the changes as a diff, with exit code 1, and changes nothing', async () => {
    const text = `${head}volumeBindingMode: Immediate\r\n${rest}`.replaceAll(/\r?\n/g, '\r\n')
    const file = folder.file('crlf.yaml', text)
    const { out, code } = await run(['fix', file])
    expect(out).toBe(
      [
        `--- ${file}`,
        `+++ ${file}`,
        '@@ -2,7 +2,7 @@',
        ' kind: StorageClass\r',
        ' metadata: {name: fast}\r',
        ' provisioner: ebs.csi.aws.com\r',
        '-volumeBindingMode: Immediate\r',
        '+volumeBindingMode: WaitForFirstConsumer\r',
        ' allowVolumeExpansion: true\r',
        ' reclaimPolicy: Delete\r',
        ' parameters: {encrypted: "true"}\r',
        '1 violation in 1 file can be fixed: holdfast fix --write\n',
      ].join('\n'),
    )
    expect([code, readFileSync(file, 'utf8')]).toEqual([1, text])
  })
})

describe('diff', () => {
  it('shows what the webhook would change, and no other repair', async () => {
    const file = folder.file('diff.yaml', `${head}volumeBindingMode: Immediate\nallowVolumeExpansion: true`)
    const { out, code } = await run(['diff', file])
    expect(out).toBe(
      [
        `--- ${file}`,
        `+++ ${file}`,
        '@@ -2,5 +2,5 @@',
        ' kind: StorageClass',
        ' metadata: {name: fast}',
        ' provisioner: ebs.csi.aws.com',
        '-volumeBindingMode: Immediate',
        '+volumeBindingMode: WaitForFirstConsumer',
        ' allowVolumeExpansion: true',
        '\\ No newline at end of file\n',
      ].join('\n'),
    )
    expect(code).toBe(1)
  })

  it('is empty where nothing changes', async () => {
    const file = folder.file('same.yaml', `${head}${rest}volumeBindingMode: WaitForFirstConsumer\n`)
    expect(await run(['diff', file])).toEqual({ code: 0, out: '' })
  })
})
