import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import expectedFindings from './seeds/expected.json' with { type: 'json' }
import {
  asCluster,
  asFile,
  builtInPolicies,
  readSeeds,
  seedFindings,
  seedFolder,
  seedName,
} from './support/seed-findings.ts'

const profiles = [builtInPolicies('baseline'), builtInPolicies('strict')]

/** What is expected of a file; each object is in one of the groups. */
interface Expected {
  /** Why documents cannot be read, as `check` says it: `LINE:COLUMN KIND: MESSAGE`. */
  readonly problems: readonly string[]
  /** What a document recommends. */
  readonly good: Readonly<Record<string, readonly string[]>>
  /** What a document warns of or gets wrong. */
  readonly pitfalls: Readonly<Record<string, readonly string[]>>
  /** What these need. */
  readonly others: Readonly<Record<string, readonly string[]>>
}

const files = Object.entries<Expected>(expectedFindings)

function objectsOf(file: string): Parameters<typeof asCluster>[0] {
  return readSeeds(file).manifests.map(({ object }) => object)
}

describe('manifests as people publish them', () => {
  it('are all listed', () => {
    const all = readdirSync(seedFolder).filter((file) => file.endsWith('.yaml'))
    expect(Object.keys(expectedFindings)).toEqual(all.sort())
  })

  it.each(files)('%s: what is found', (file, { problems, good, pitfalls, others }) => {
    const read = readSeeds(file)
    expect(read.problems.map(({ line, column, kind, message }) => `${line}:${column} ${kind}: ${message}`)).toEqual(
      problems,
    )
    const objects = objectsOf(file)
    expect(new Set(objects.map(seedName)).size).toBe(objects.length)
    expect(Object.fromEntries(seedFindings(objects, profiles, asCluster(objects)))).toEqual({
      ...good,
      ...pitfalls,
      ...others,
    })
  })

  it.each(files)('%s: what is recommended is admitted', (_file, { good }) => {
    const refused = Object.entries(good).filter(([, findings]) => findings.some((line) => line.startsWith('deny/')))
    expect(refused).toEqual([])
  })

  it.each(files)('%s: what is a pitfall is not', (_file, { pitfalls }) => {
    const unnoticed = Object.entries(pitfalls).filter(([, findings]) => findings.every(isCommon))
    expect(unnoticed).toEqual([])
  })

  it.each(files)('%s: no rule fails', (_file, { good, pitfalls, others }) => {
    const all = [good, pitfalls, others].flatMap((group) => Object.values(group).flat())
    expect(all.filter((line) => line.includes('error'))).toEqual([])
  })

  it.each(files)('%s: of a file alone nothing is said that its cluster would not bear out', (file) => {
    const objects = objectsOf(file)
    const inCluster = seedFindings(objects, profiles, asCluster(objects))
    for (const [name, findings] of seedFindings(objects, profiles, asFile(objects))) {
      expect(findings.filter((line) => inCluster.get(name)?.includes(line) !== true)).toEqual([])
    }
  })
})

/** Whether it is found in nearly every claim or class that documents show, and so is not what makes one a pitfall. */
function isCommon(line: string): boolean {
  return / (claim-backup-declared|storageclass-allowed-topologies\/zones-given)/.test(line)
}
