import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run, testFolder } from './support/command-line.ts'
import { type SarifLog, withFixes } from './support/sarif-fixes.ts'
import { seedFolder } from './support/seed-findings.ts'

const folder = testFolder()
afterAll(() => folder.remove())

/** What becomes of a file by the fixes of its SARIF log, by `fix --write`, and how many fixes there were. */
async function bothWays(file: string) {
  const text = readFileSync(file, 'utf8')
  const { out } = await run(['check', '--format', 'sarif', file])
  const log: SarifLog = JSON.parse(out)
  const fixes = log.runs.flatMap(({ results }) => results.flatMap((result) => result.fixes ?? []))
  const changes = fixes.flatMap(({ artifactChanges }) => artifactChanges)
  expect(new Set(changes.map(({ artifactLocation }) => artifactLocation.uri)).size).toBeLessThan(2)
  const replacements = changes.flatMap((change) => change.replacements)
  await run(['fix', '--write', file])
  return {
    before: text,
    bySarif: withFixes(text, replacements),
    written: readFileSync(file, 'utf8'),
    fixes: fixes.length,
  }
}

const seeds = readdirSync(seedFolder).filter((file) => file.endsWith('.yaml'))

const storageClass = `# ünïcode 🐘 in front
apiVersion: storage.k8s.io/v1   # of storage
kind: StorageClass
metadata: {name: fast, labels: {a: "b"}}
provisioner: ebs.csi.aws.com
parameters: {encrypted: "true"}
"volumeBindingMode": 'Immediate'  # 🐘 binds at once
reclaimPolicy: Delete
allowedTopologies: [{matchLabelExpressions: [{key: topology.ebs.csi.aws.com/zone, values: [a]}]}]
`

const hard: Readonly<Record<string, string>> = {
  'comments, flow and quotes': storageClass,
  'no line break at the end': storageClass.trimEnd(),
  CRLF: storageClass.replaceAll('\n', '\r\n'),
  'a byte order mark': `\uFEFF${storageClass.slice(storageClass.indexOf('api'))}`,
  'several documents, a broken one among them': `${storageClass}---\na: b: c\n---\n${storageClass.replace('fast', 'slow')}`,
  'a List': `apiVersion: v1\nkind: List\nitems:\n- ${storageClass.slice(storageClass.indexOf('api')).trimEnd().replaceAll('\n', '\n  ')}\n`,
  JSON: JSON.stringify({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: '🐘' },
    provisioner: 'ebs.csi.aws.com',
  }),
}

describe('the fixes of SARIF are what fix --write writes', () => {
  it.each(seeds)('for %s', async (seed) => {
    const file = join(folder.path, seed)
    cpSync(join(seedFolder, seed), file)
    const { bySarif, written } = await bothWays(file)
    expect(bySarif).toBe(written)
  })

  it.each(Object.entries(hard))('with %s', async (name, text) => {
    const file = join(folder.path, `${name}.yaml`)
    writeFileSync(file, text)
    const { before, bySarif, written, fixes } = await bothWays(file)
    expect(fixes).toBeGreaterThan(0)
    expect(written).not.toBe(before)
    expect(bySarif).toBe(written)
  })
})
