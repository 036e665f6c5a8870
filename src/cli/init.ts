import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Profile } from '../policy/action.ts'
import { printable } from '../report/printable.ts'
import {
  configurationFile,
  mentionsHoldfast,
  type Pipeline,
  pipelineFile,
  pipelines,
  preCommitFile,
  type StarterFile,
} from './starter-files.ts'
import { exitCodes, type Terminal } from './terminal.ts'
import { UsageError } from '../inputs/usage-error.ts'

export interface InitOptions {
  readonly folder: string
  readonly profile: Profile
  /** Undefined: what the repository seems to have. */
  readonly ci: Pipeline | 'none' | undefined
  /** Of Holdfast: generated files ask for the same one. */
  readonly version: string
}

/**
 * `holdfast init`: writes what a repository needs to be checked, and says what to do next. What is there already is left
 * alone, and what it needs is printed. Returns the exit code. Throws a UsageError where there is no such folder.
 */
export function init({ folder, profile, ci, version }: InitOptions, terminal: Terminal): number {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`${folder} is no folder`)
  const isPart = isWithinRepository(folder, terminal)
  place(folder, configurationFile(profile, version), terminal)
  if (isPart) {
    terminal.out(
      '.pre-commit-config.yaml and the pipeline belong to the root of the repository: run holdfast init there\n',
    )
  } else {
    const chosen = ci === undefined ? pipelinesOf(folder, terminal) : pipelines.filter((pipeline) => pipeline === ci)
    place(folder, preCommitFile(version), terminal)
    for (const pipeline of chosen) place(folder, pipelineFile(pipeline, version), terminal)
  }
  terminal.out(nextSteps(folder, isPart))
  return exitCodes.clean
}

function nextSteps(folder: string, isPart: boolean): string {
  const steps = [
    'holdfast check             judges the manifests there are',
    'holdfast explain POLICY    tells what a policy wants, how to set it and how to except an object from it',
    ...(isPart ? [] : ['pre-commit install         has every commit judged']),
  ]
  const where = folder === '.' ? 'Next' : `Next, in ${printable(folder)}`
  return `\n${where}:\n${steps.map((step) => `  ${step}\n`).join('')}`
}

function place(folder: string, { path, text, addition }: StarterFile, terminal: Terminal): void {
  const file = join(folder, path)
  const shown = printable(file)
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    // Never over a file that has just been made by somebody else.
    writeFileSync(file, text, { flag: 'wx' })
    terminal.out(`wrote ${shown}\n`)
  } else if (addition === undefined || mentionsHoldfast(readFileSync(file, 'utf8'))) {
    terminal.out(`left ${shown} as it is\n`)
  } else {
    terminal.out(`left ${shown} as it is; add this to it:\n\n${addition}\n`)
  }
}

/** Whether a folder is in a Git repository, but not its root. */
function isWithinRepository(folder: string, terminal: Terminal): boolean {
  const prefix = terminal.run('git', ['-C', folder, 'rev-parse', '--show-prefix'])
  return prefix !== 'missing' && prefix.status === 0 && prefix.stdout.trim() !== ''
}

function pipelinesOf(folder: string, terminal: Terminal): readonly Pipeline[] {
  const remotes = terminal.run('git', ['-C', folder, 'remote', '--verbose'])
  const addresses = remotes === 'missing' || remotes.status !== 0 ? '' : remotes.stdout
  const signs: Readonly<Record<Pipeline, { readonly file: string; readonly address: RegExp }>> = {
    github: { file: '.github', address: /\bgithub\b/i },
    gitlab: { file: '.gitlab-ci.yml', address: /\bgitlab\b/i },
  }
  return pipelines.filter(
    (pipeline) => existsSync(join(folder, signs[pipeline].file)) || signs[pipeline].address.test(addresses),
  )
}
