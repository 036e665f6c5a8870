import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decide } from '../../src/engine/decide.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { type Inventory, inventoryOf } from '../../src/kubernetes/inventory.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import { load } from '../../src/load.ts'
import type { ManifestSet } from '../../src/manifest/manifest.ts'
import { readManifests } from '../../src/manifest/read.ts'
import { requestFor } from '../../src/manifest/request.ts'
import type { PolicySet } from '../../src/policy/compiled.ts'

/** Where the manifests are that documents about storage show, rewritten. */
export const seedFolder = join(import.meta.dirname, '../seeds')

/** The built-in policies, nothing configured. Throws a LoadError. */
export function builtInPolicies(profile: 'baseline' | 'strict'): PolicySet {
  return load({ configFile: undefined, policyDirectories: [], profile, ownNamespace: 'holdfast-system' }).policies
}

/** Reads a file of the folder. */
export function readSeeds(file: string): ManifestSet {
  return readManifests(readFileSync(join(seedFolder, file), 'utf8'), { file })
}

/** What is known where the file is all there is: it says nothing of what else the cluster has. */
export const asFile = (objects: readonly JsonObject[]): Inventory => inventoryOf(objects)

/** What is known in a cluster that holds the objects and nothing else, of the kinds that the webhook follows. */
export const asCluster = (objects: readonly JsonObject[]): Inventory =>
  inventoryOf(objects, ['StorageClass', 'VolumeSnapshotClass', 'PersistentVolume', 'PersistentVolumeClaim'])

/** Which object it is within its file: `Pod/web`. */
export function seedName(object: JsonObject): string {
  const { kind, name } = referenceOf(object)
  return `${kind}/${name}`
}

/**
 * What is found in each object of a file, a line for each finding and in it what it comes to in each of the profiles:
 * `warn/deny pod-volume-types/volume-type /spec/volumes/0/hostPath`.
 */
export function seedFindings(
  objects: readonly JsonObject[],
  profiles: readonly PolicySet[],
  inventory: Inventory,
): ReadonlyMap<string, readonly string[]> {
  const surroundings = { inventory, now: new Date('2026-01-01T00:00:00Z') }
  return new Map(
    objects.map((object) => {
      const found = profiles.map((policies) => {
        const { repaired, findings } = decide(policies, requestFor(object, 'default'), surroundings)
        return new Map([...repaired, ...findings].map((finding) => [place(finding), verdict(finding)]))
      })
      const places = [...new Set(found.flatMap((findings) => [...findings.keys()]))].sort()
      return [seedName(object), places.map((at) => `${found.map((of) => of.get(at) ?? '–').join('/')} ${at}`)]
    }),
  )
}

function place({ policy, rule, path }: Finding): string {
  return `${policy}/${rule} ${path}`
}

function verdict({ effect, result }: Finding): string {
  if (result === 'error' || result === 'skip') return result
  // Recorded, and not shown to the person who applies the object.
  return effect === 'none' ? 'audit' : effect
}
