import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { catalogue } from '../src/cli/policies.ts'
import { readPolicyPage } from '../src/cli/policy-pages.ts'
import { load } from '../src/load.ts'
import { renderPolicyIndex } from '../src/report/policy-index.ts'
import { renderPolicyPage } from '../src/report/policy-page.ts'
import { createMetrics } from '../src/telemetry/metrics.ts'
import { commandTree } from './support/command-line.ts'
import { renderCommandLine } from './support/command-line-page.ts'
import { renderMetrics } from './support/metrics-page.ts'

/** Where the reference of the command line is. */
export const commandLinePage = join(import.meta.dirname, '../docs/reference/command-line.md')

/** Where the reference of the metrics is. */
export const metricsPage = join(import.meta.dirname, '../docs/reference/metrics.md')

const policyDocs = join(import.meta.dirname, '../docs/policies')

const note = '<!-- Generated from policies/ by "node test/generate-docs.ts"; changes here are lost. -->'

const introduction = `# The policies

Every policy says what must hold, and what happens otherwise by profile. What each action does, and how to choose others,
is in the [configuration guide](../guide/configuration.md); \`holdfast explain ID\` tells one on a terminal. **fix**: what
breaks the policy can be repaired, at least in some cases.`

/** The generated pages by their file names, made of the built-in policies and their examples. Throws a LoadError. */
export function policyPages(): ReadonlyMap<string, string> {
  const loaded = load({
    configFile: undefined,
    policyDirectories: [],
    profile: undefined,
    ownNamespace: 'holdfast-system',
  })
  const pages = loaded.sources.map((source): readonly [string, string] => {
    const id = source.document.metadata.name
    const places = { configurationGuide: '../guide/configuration.md', policyFolder: `../../policies/${id}` }
    return [`${id}.md`, `${note}\n\n${renderPolicyPage(readPolicyPage(source, places))}`]
  })
  const index = renderPolicyIndex(catalogue(loaded), (id) => `${id}.md`)
  return new Map([['README.md', `${note}\n\n${introduction}\n\n${index}`], ...pages])
}

/** The pages there are, by their file names. */
export function writtenPages(): ReadonlyMap<string, string> {
  const files = existsSync(policyDocs) ? readdirSync(policyDocs) : []
  return new Map(files.map((file) => [file, readFileSync(join(policyDocs, file), 'utf8')]))
}

if (import.meta.main) {
  const pages = policyPages()
  mkdirSync(policyDocs, { recursive: true })
  for (const file of writtenPages().keys()) if (!pages.has(file)) rmSync(join(policyDocs, file))
  for (const [file, text] of pages) writeFileSync(join(policyDocs, file), text)
  mkdirSync(dirname(commandLinePage), { recursive: true })
  writeFileSync(commandLinePage, renderCommandLine(commandTree()))
  writeFileSync(metricsPage, renderMetrics(createMetrics().described()))
}
