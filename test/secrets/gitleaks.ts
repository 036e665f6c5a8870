import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { asObject, asString, isArray, type JsonObject, type JsonValue, member } from '../../src/kubernetes/json.ts'
import { findBuilt, provide, recipe } from '../e2e/controlplane/build.ts'
import { runCommand } from '../e2e/controlplane/command.ts'
import type { Row } from './row.ts'

const gitleaks = recipe('gitleaks', '../../secrets/gitleaks', 'github.com/zricethezav/gitleaks/v8')

/**
 * The program, which is built where it is not in the cache.
 *
 * @throws Error that says why it cannot be had: Go is missing, modules cannot be fetched.
 */
export function provideGitleaks(): Promise<string> {
  return provide(gitleaks)
}

/** The program where an earlier run has built it. */
export function builtGitleaks(): Promise<string | undefined> {
  return findBuilt(gitleaks)
}

/**
 * The ids of the documents in which gitleaks finds anything with its own rules. Each document is given to it twice, as
 * the manifest a repository would hold and as the files a container would see, decoded, in whichever it finds more.
 */
export async function reportedByGitleaks(program: string, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-secrets-'))
  try {
    const documents = join(folder, 'documents')
    for (const [index, { configmap }] of rows.entries()) await writeDocument(join(documents, String(index)), configmap)
    const report = join(folder, 'report.json')
    const limits = ['--max-decode-depth=5', '--max-archive-depth=3']
    const output = ['--report-format=json', `--report-path=${report}`, '--exit-code=0', '--no-banner', '--redact']
    await runCommand(program, ['dir', '.', ...limits, ...output], { cwd: documents, timeoutMs: 300_000 })
    const findings: JsonValue = JSON.parse(await readFile(report, 'utf8'))
    const found = new Set<string>()
    for (const finding of isArray(findings) ? findings : []) {
      const row = rows[Number((asString(member(finding, 'File')) ?? '').split('/', 1).join(''))]
      if (row !== undefined) found.add(row.id)
    }
    return found
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeDocument(folder: string, configmap: JsonObject): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'manifest.yaml'), stringify(configmap, { lineWidth: 0 }))
  for (const [field, encoding] of [
    ['data', 'utf8'],
    ['binaryData', 'base64'],
  ] as const) {
    for (const [key, value] of Object.entries(asObject(configmap[field]))) {
      const name = `${field}-${key.replaceAll(/[^\w.-]/g, '_')}`.slice(0, 200)
      await writeFile(join(folder, name), Buffer.from(asString(value) ?? '', encoding))
    }
  }
}
