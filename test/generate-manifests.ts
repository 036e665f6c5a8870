import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { plainManifests } from './e2e/plain-manifests.ts'

// Writes the kustomize base. Needs helm, which is built where it is not there yet.
for (const [file, text] of Object.entries(await plainManifests())) {
  const path = join(import.meta.dirname, '..', file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
