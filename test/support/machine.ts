import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { load } from 'js-yaml'
import { afterAll } from 'vitest'
import { isJsonValue, type JsonValue } from '../../src/kubernetes/json.ts'
import { type TestFolder, testFolder } from './command-line.ts'

/** Where this project is. */
export const repository = join(import.meta.dirname, '../..')

/** The text of a file of this project. */
export function textOf(file: string): string {
  return readFileSync(join(repository, file), 'utf8')
}

/** What a YAML or JSON text holds. Throws where it holds anything else. */
export function parsed(text: string): JsonValue {
  const value: unknown = load(text)
  if (!isJsonValue(value)) throw new Error('not JSON')
  return value
}

/** How a program ended: its exit code, and all it wrote. */
export interface Ended {
  readonly code: number | null
  readonly out: string
}

/** A machine to run a script on: a folder to work in, and programs that stand in for those of this machine. */
export interface Machine {
  readonly work: TestFolder
  /** Puts a bash script in place of a program. */
  readonly program: (name: string, script: string) => void
  /** Runs a program to its end; it finds the scripts above, then the Node that runs this, then what the machine has. */
  readonly run: (command: string, args: readonly string[], environment?: Readonly<Record<string, string>>) => Ended
}

const folders: TestFolder[] = []
afterAll(() => folders.splice(0).forEach((folder) => folder.remove()))

/** Makes an empty folder, which is gone after the test file's last test. */
export function newFolder(): TestFolder {
  const folder = testFolder()
  folders.push(folder)
  return folder
}

/** Makes a machine whose working folder is empty. */
export function newMachine(): Machine {
  const work = newFolder()
  const programs = newFolder().path
  return {
    work,
    program: (name, script) => writeFileSync(join(programs, name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 }),
    run(command, args, environment = {}) {
      const path = [programs, dirname(process.execPath), process.env['PATH']].join(delimiter)
      const env = { ...process.env, ...environment, PATH: path }
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: work.path, env, encoding: 'utf8' })
      return { code: status, out: stdout + stderr }
    },
  }
}
