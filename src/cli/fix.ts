import { decide } from '../engine/decide.ts'
import type { Finding } from '../engine/finding.ts'
import { type Inventory, inventoryOf, layered } from '../kubernetes/inventory.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { requestFor } from '../manifest/request.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { type Move, secretManifests } from '../report/secret-manifests.ts'
import { readInputs } from './inputs.ts'
import { exitCodes, type Terminal, UsageError } from './terminal.ts'

/** What the command is to do, as commander gives it. */
export interface FixFlags {
  /** Print the Secrets that credentials belong into. */
  readonly printSecrets: boolean
  /** Where objects without a namespace go, as with kubectl. */
  readonly namespace: string
}

export interface FixOptions extends FixFlags {
  readonly paths: readonly string[]
  readonly policies: PolicySet
  /** What is known of the cluster besides the manifests themselves. */
  readonly cluster: Inventory
}

/**
 * `holdfast fix`: prints the Secrets that the credentials in manifests belong into, to standard output and nowhere else:
 * what is written into a file ends up in Git. Returns the exit code; throws a UsageError where it is told to do nothing.
 */
export async function fix(options: FixOptions, terminal: Terminal): Promise<number> {
  if (!options.printSecrets)
    throw new UsageError('there is nothing to do: --print-secrets prints Secrets for credentials')
  const { manifests, problems } = await readInputs(options.paths, terminal)
  terminal.out(secretManifests(movesIn(manifests, options, terminal.now())))
  for (const { file, line, message } of problems) terminal.error(`${file}:${line}: ${message}\n`)
  return problems.length > 0 ? exitCodes.unusable : exitCodes.clean
}

function movesIn(manifests: readonly Manifest[], options: FixOptions, now: Date): readonly Move[] {
  const { policies, namespace, cluster } = options
  const own = inventoryOf(
    manifests.map(({ object }) => object),
    [],
    namespace,
  )
  const surroundings = { inventory: layered(own, cluster), now }
  return manifests.flatMap(({ file, object }) => {
    const request = requestFor(object, namespace)
    const { findings } = decide(policies, request, surroundings)
    return credentialsIn(findings).map(({ path, secretName }) => ({
      file,
      object,
      // What a class needs is no part of the cluster's own objects; somebody has to choose a namespace for it.
      namespace: request.namespace === '' ? namespace : request.namespace,
      path,
      secretName,
    }))
  })
}

/** Where credentials are, each place once. What an exception covers may stay. */
function credentialsIn(findings: readonly Finding[]): readonly Pick<Move, 'path' | 'secretName'>[] {
  const found = findings.flatMap(({ path, result, fix: { secretName } }) =>
    secretName === undefined || result === 'skip' ? [] : { path, secretName },
  )
  return [...new Map(found.map((place) => [place.path, place])).values()]
}
