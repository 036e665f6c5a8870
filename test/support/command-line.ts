import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { ProgramOptions } from '../../src/cli/command-flags.ts'
import { createProgram } from '../../src/cli/program.ts'
import { emptyInventory } from '../../src/kubernetes/inventory.ts'
import type { JsonObject, JsonValue } from '../../src/kubernetes/json.ts'

/** A folder of its own for a test, and how to write a file in it. */
export interface TestFolder {
  readonly path: string
  /** Writes a file, an object as JSON; its path. */
  file(name: string, content: JsonValue): string
  remove(): void
}

/** Makes an empty folder. */
export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-'))
  return {
    path,
    file(name, content) {
      const file = join(path, name)
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
      return file
    },
    remove: () => rmSync(path, { recursive: true }),
  }
}

/** How a command ended: its exit code, and all it wrote. */
export interface Ran {
  readonly code: number | undefined
  readonly out: string
}

/** Runs a command line in this process, on 1 June 2026. Rejects with what the command throws. */
export async function run(args: readonly string[], input = '', more: Partial<ProgramOptions> = {}): Promise<Ran> {
  let out = ''
  let code: number | undefined
  const options = programOptions((text) => void (out += text), input)
  await createProgram({ ...options, ...more }, (exit) => (code = exit)).parseAsync(args, { from: 'user' })
  return { code, out }
}

/** The commands, to be looked at. */
export function commandTree(): Command {
  return createProgram(
    programOptions(() => undefined, ''),
    () => undefined,
  )
}

function programOptions(write: (text: string) => void, input: string): ProgramOptions {
  return {
    terminal: {
      out: write,
      error: write,
      readInput: () => Promise.resolve(input),
      run: () => 'missing',
      colors: false,
      now: () => new Date('2026-06-01T00:00:00Z'),
    },
    environment: { ownNamespace: 'holdfast-system', colors: false },
    version: '1.2.3',
    readCluster: () => Promise.resolve(emptyInventory),
    openInventory: () => () => Promise.reject(new Error('not served here')),
    serve: () => Promise.resolve(0),
    demo: () => Promise.resolve(0),
  }
}

/** A StorageClass that keeps every rule. */
export function storageClass(name: string, more: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'ebs.csi.aws.com',
    parameters: { encrypted: 'true' },
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.ebs.csi.aws.com/zone', values: ['a'] }] }],
    ...more,
  }
}
