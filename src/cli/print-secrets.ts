import { decide } from '../engine/decide.ts'
import type { Finding } from '../engine/finding.ts'
import { lookedUpKinds } from '../engine/look-up.ts'
import { layered } from '../kubernetes/inventory.ts'
import { requestFor } from '../manifest/request.ts'
import { type Move, secretManifests } from '../report/secret-manifests.ts'
import { type Manifests, readSources } from './manifests.ts'
import { tellProblems } from './problems.ts'
import { createProgress } from './progress.ts'
import type { RepairOptions } from './repairs.ts'
import { sourcesOf } from '../inputs/sources.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/**
 * `holdfast fix --print-secrets`: prints the Secrets that the credentials in manifests belong into, to standard output
 * and nowhere else: what is written into a file ends up in Git. Returns the exit code.
 */
export async function printSecrets(options: RepairOptions, terminal: Terminal): Promise<number> {
  const { namespace, policies, ignoreUnknown } = options
  const sources = await sourcesOf(options.paths, terminal, namespace)
  const manifests = readSources(sources, {
    namespace,
    kinds: lookedUpKinds(policies),
    ignoreUnknown,
    progress: createProgress(terminal),
  })
  terminal.out(secretManifests(movesIn(manifests, options, terminal.now())))
  return tellProblems(manifests.problems, terminal) ? exitCodes.unusable : exitCodes.clean
}

function movesIn(manifests: Manifests, { policies, namespace, cluster }: RepairOptions, now: Date): readonly Move[] {
  const surroundings = { inventory: layered(manifests.inventory, cluster), now }
  return [...manifests.documents()].flatMap((document) =>
    document.manifests.flatMap(({ file, object }) => {
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
    }),
  )
}

/** Where credentials are, each place once. What an exception covers may stay. */
function credentialsIn(findings: readonly Finding[]): readonly Pick<Move, 'path' | 'secretName'>[] {
  const found = findings.flatMap(({ path, result, fix: { secretName } }) =>
    secretName === undefined || result === 'skip' ? [] : { path, secretName },
  )
  return [...new Map(found.map((place) => [place.path, place])).values()]
}
