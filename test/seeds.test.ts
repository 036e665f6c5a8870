import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decide } from '../src/engine/decide.ts'
import { inventoryOf } from '../src/kubernetes/inventory.ts'
import { load } from '../src/load.ts'
import { readManifests } from '../src/manifest/read.ts'
import { requestFor } from '../src/manifest/request.ts'
import expected from './seeds/expected.json' with { type: 'json' }

const folder = fileURLToPath(new URL('seeds/', import.meta.url))

const { policies } = load({
  configFile: undefined,
  policyDirectories: [],
  profile: 'baseline',
  ownNamespace: 'holdfast-system',
})

function read(file: string): ReturnType<typeof readManifests> {
  return readManifests(readFileSync(`${folder}${file}`, 'utf8'), { file })
}

/** The findings of a file, its manifests being all that is known of the cluster. */
function findingsIn(file: string): readonly unknown[] {
  const objects = read(file).manifests.map(({ object }) => object)
  const surroundings = { inventory: inventoryOf(objects), now: new Date('2026-01-01T00:00:00Z') }
  return objects.flatMap((object) => {
    const { repaired, findings } = decide(policies, requestFor(object, 'default'), surroundings)
    return [...repaired, ...findings].map(({ resource: { kind, name }, policy, rule, effect, result, path }) => {
      return { kind, name, policy, rule, effect, result, path }
    })
  })
}

describe('manifests as people publish them', () => {
  test('are all listed', () => {
    expect(Object.keys(expected)).toEqual(
      readdirSync(folder)
        .filter((file) => file.endsWith('.yaml'))
        .sort(),
    )
  })

  test.each(Object.entries(expected))('%s', (file, findings) => {
    expect(read(file).problems).toEqual([])
    expect(findingsIn(file)).toEqual(findings)
  })
})
