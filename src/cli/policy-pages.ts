import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checks } from '../checks/registry.ts'
import type { Example } from '../examples/example.ts'
import type { PolicySource } from '../policy/compile.ts'
import type { PageExample } from '../report/policy-examples.ts'
import type { PolicyPage } from '../report/policy-page.ts'
import type { CheckDescriptions } from '../report/rule-words.ts'
import { readExamples } from './example-files.ts'

/** What the checks that rules name do. */
export const checkDescriptions: CheckDescriptions = new Map(checks.map(({ name, description }) => [name, description]))

/** Reads what a policy's page is made of from the policy's folder. Throws a UsageError on broken examples. */
export function readPolicyPage(source: PolicySource, places: PolicyPage['places']): PolicyPage {
  const examples = readExamples(source.file, source).map((example) => withTexts(example, dirname(source.file)))
  return { document: source.document, examples, checks: checkDescriptions, places }
}

function withTexts(example: Example, policyFolder: string): PageExample {
  const text = (ending: string): string | undefined => {
    const file = join(policyFolder, 'examples', example.side, `${example.name}${ending}.yaml`)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }
  return {
    example,
    manifest: text('') ?? '',
    stored: text('.old'),
    context: text('.context'),
    after: text('.after'),
  }
}

/** Whether a policy has examples that are repaired. */
export function showsRepairs({ file }: PolicySource): boolean {
  const folder = join(dirname(file), 'examples', 'fixed')
  return file.endsWith('policy.json') && existsSync(folder) && readdirSync(folder).length > 0
}
