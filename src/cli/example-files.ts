import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Example, type ExpectedAnswer, type Side, sides } from '../examples/example.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { readManifests } from '../manifest/read.ts'
import type { PolicySource } from '../policy/compile.ts'
import { parseJson } from '../policy/parse.ts'
import { UsageError } from '../inputs/usage-error.ts'

const manifestEnding = '.yaml'
const companions = ['.old', '.context', '.after']

/** Reads the examples beside a policy, `examples/{allowed,denied,fixed}/NAME.yaml`. Throws a UsageError on broken files. */
export function readExamples(policyFile: string, { document }: PolicySource): readonly Example[] {
  const folder = join(dirname(policyFile), 'examples')
  return sides.flatMap((side) => {
    const sideFolder = join(folder, side)
    if (basename(policyFile) !== 'policy.json' || !existsSync(sideFolder)) return []
    return exampleNames(sideFolder).map((name) => readExample(sideFolder, name, side, document.metadata.name))
  })
}

/** The file that holds an example's manifest. */
export function exampleFile(policyFile: string, { side, name }: Pick<Example, 'side' | 'name'>): string {
  return join(dirname(policyFile), 'examples', side, name + manifestEnding)
}

/** The file that holds an example's expected answer. */
export function expectedFile(policyFile: string, { side, name }: Pick<Example, 'side' | 'name'>): string {
  return join(dirname(policyFile), 'examples', side, `${name}.expected.json`)
}

function exampleNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(manifestEnding))
    .map((file) => file.slice(0, -manifestEnding.length))
    .filter((name) => !companions.some((companion) => name.endsWith(companion)))
    .sort()
}

function readExample(folder: string, name: string, side: Side, policy: string): Example {
  const companion = (ending: string): readonly JsonObject[] => {
    const file = join(folder, `${name}${ending}.yaml`)
    return existsSync(file) ? readObjects(file) : []
  }
  const file = join(folder, `${name}.yaml`)
  const [object, ...more] = readObjects(file)
  if (object === undefined || more.length > 0) {
    throw new UsageError(`${file}: an example is one object; what look-ups find goes to ${name}.context.yaml`)
  }
  return {
    policy,
    side,
    name,
    object,
    oldObject: companion('.old')[0],
    context: companion('.context'),
    after: companion('.after')[0],
    expected: readExpected(join(folder, `${name}.expected.json`)),
  }
}

function readObjects(file: string): readonly JsonObject[] {
  const { manifests, problems } = readManifests(readFileSync(file, 'utf8'), { file })
  const [problem] = problems
  if (problem !== undefined) throw new UsageError(`${file}:${problem.line}: ${problem.message}`)
  return manifests.map(({ object }) => object)
}

function readExpected(file: string): ExpectedAnswer | undefined {
  if (!existsSync(file)) return undefined
  const value: unknown = parseJson(readFileSync(file, 'utf8'), file)
  if (isExpected(value)) return value
  throw new UsageError(`${file}: must be an object in which "findings", if it is there, is a list`)
}

function isExpected(value: unknown): value is ExpectedAnswer {
  return typeof value === 'object' && value !== null && (!('findings' in value) || Array.isArray(value.findings))
}
