import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkSync } from 'recheck'
import { describe, expect, test } from 'vitest'
import * as assignments from './assignments.ts'
import * as base64 from './base64.ts'
import * as collector from './collector.ts'
import * as commands from './commands.ts'
import * as entropy from './entropy.ts'
import * as fallbacks from './fallbacks.ts'
import * as formatsCloud from './formats/cloud.ts'
import * as formatsCommunication from './formats/communication.ts'
import * as formatsDatabases from './formats/databases.ts'
import * as formatsDevelopment from './formats/development.ts'
import * as formatsFormat from './formats/format.ts'
import * as formatsInference from './formats/inference.ts'
import * as formatsMessaging from './formats/messaging.ts'
import * as formatsModels from './formats/models.ts'
import * as formatsMonitoring from './formats/monitoring.ts'
import * as formatsObservation from './formats/observation.ts'
import * as formatsPayments from './formats/payments.ts'
import * as formatsPipelines from './formats/pipelines.ts'
import * as formatsPlatforms from './formats/platforms.ts'
import * as formatsServices from './formats/services.ts'
import * as findings from './findings.ts'
import * as harmless from './harmless.ts'
import * as jsonStrings from './json-strings.ts'
import * as judge from './judge.ts'
import * as jwt from './jwt.ts'
import * as keystores from './keystores.ts'
import * as kind from './kind.ts'
import * as knownFormats from './known-formats.ts'
import * as limits from './limits.ts'
import * as manifests from './manifests.ts'
import * as markup from './markup.ts'
import * as nameWords from './name-words.ts'
import * as names from './names.ts'
import * as pairs from './pairs.ts'
import * as parameters from './parameters.ts'
import * as placeholderMarks from './placeholder-marks.ts'
import * as placeholders from './placeholders.ts'
import * as pod from './pod.ts'
import * as privateKeys from './private-keys.ts'
import * as programPasswords from './program-passwords.ts'
import * as scan from './scan.ts'
import * as serviceKeys from './service-keys.ts'
import * as structures from './structures.ts'
import * as text from './text.ts'
import * as urls from './urls.ts'
import * as values from './values.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
)

/** Every expression in what a module exports, with the way to it. */
function expressionsIn(value: unknown, name: string): readonly (readonly [string, RegExp])[] {
  if (value instanceof RegExp) return [[name, value]]
  if (typeof value !== 'object' || value === null || value instanceof Set) return []
  return Object.entries(value).flatMap(([key, item]) => expressionsIn(item, `${name}.${key}`))
}

const modules: Readonly<Record<string, unknown>> = {
  'assignments.ts': assignments,
  'base64.ts': base64,
  'collector.ts': collector,
  'commands.ts': commands,
  'entropy.ts': entropy,
  'findings.ts': findings,
  'formats/communication.ts': formatsCommunication,
  'formats/databases.ts': formatsDatabases,
  'formats/inference.ts': formatsInference,
  'formats/observation.ts': formatsObservation,
  'formats/payments.ts': formatsPayments,
  'formats/pipelines.ts': formatsPipelines,
  'formats/platforms.ts': formatsPlatforms,
  'fallbacks.ts': fallbacks,
  'program-passwords.ts': programPasswords,
  'service-keys.ts': serviceKeys,
  'formats/cloud.ts': formatsCloud,
  'formats/development.ts': formatsDevelopment,
  'formats/format.ts': formatsFormat,
  'formats/messaging.ts': formatsMessaging,
  'formats/models.ts': formatsModels,
  'formats/monitoring.ts': formatsMonitoring,
  'formats/services.ts': formatsServices,
  'harmless.ts': harmless,
  'json-strings.ts': jsonStrings,
  'judge.ts': judge,
  'jwt.ts': jwt,
  'keystores.ts': keystores,
  'kind.ts': kind,
  'known-formats.ts': knownFormats,
  'limits.ts': limits,
  'manifests.ts': manifests,
  'markup.ts': markup,
  'name-words.ts': nameWords,
  'names.ts': names,
  'pairs.ts': pairs,
  'parameters.ts': parameters,
  'placeholder-marks.ts': placeholderMarks,
  'placeholders.ts': placeholders,
  'pod.ts': pod,
  'private-keys.ts': privateKeys,
  'scan.ts': scan,
  'structures.ts': structures,
  'text.ts': text,
  'urls.ts': urls,
  'values.ts': values,
}
const expressions = new Map(
  Object.entries(modules)
    .flatMap(([file, module]) => expressionsIn(module, file))
    .map((entry) => [entry[1], entry]),
)

describe('the expressions of the secret detector', () => {
  test('are all here: each file but those without any', () => {
    expect(
      [
        ...Object.keys(modules),
        'check.ts',
        'formats/all.ts',
        'echoes.ts',
        'entry-keys.ts',
        'fingerprint.ts',
        'scanner.ts',
        'weak.ts',
        'defaults.ts',
        'deferred.ts',
        'programs.ts',
        'reference-syntaxes.ts',
        'service-names.ts',
      ].sort(),
    ).toEqual(files.toSorted())
    expect(expressions.size).toBeGreaterThan(100)
  })

  test.each([...expressions.values()])('%s cannot be made to backtrack', (_name, expression) => {
    const { status } = checkSync(expression.source, expression.flags, { timeout: 10_000, checker: 'automaton' })
    expect(status).toBe('safe')
  })

  test.each(files)('of %s are all in an exported table', (file) => {
    const inline = readFileSync(`${folder}${file}`, 'utf8').match(
      /\/[a-z]*\.(?:test|exec)\(|(?:match|replace|split|search)\w*\(\//g,
    )
    expect(inline).toBeNull()
  })
})
