import { at, type JsonObject } from '../kubernetes/json.ts'
import { compilePolicies } from '../policy/compile.ts'
import { LoadError, type LoadProblem } from '../policy/problem.ts'
import { type ReadResource, resourceKey, withResources } from '../policy/with-resources.ts'
import type { PoliciesInForce, PolicyFeed } from './policy-following.ts'
import { outcomeOf, type ResourceOutcome } from './resource-outcome.ts'

/** Policies and exceptions that are custom resources of the cluster. */
export interface PolicyResources {
  /** Those that there are now. */
  objects(): readonly JsonObject[]
  /** Is told what became of each, whenever something may have changed. */
  tell(outcomes: readonly ResourceOutcome[]): void
}

// Comparing what there is costs next to nothing; what is applied is in force within a second even on a busy machine.
const lookMs = 100

/**
 * Adds custom resources to the policies of files. Whenever a file or a resource changes, all is compiled anew. A resource
 * with a mistake is left out, or stays as it last was without one; files with a mistake stay as they were.
 */
export function mixedFeed(files: PolicyFeed, resources: PolicyResources, now: () => Date): PolicyFeed {
  const mixer = new Mixer(files.initial, resources, now)
  return {
    initial: files.initial,
    isCurrent: () => mixer.isCurrent(),
    watch(onLoaded, onRefused) {
      const look = (): void => {
        try {
          const next = mixer.next()
          if (next !== undefined) onLoaded(next)
        } catch (error) {
          onRefused(asLoadError(error))
        }
      }
      look()
      const timer = setInterval(look, lookMs)
      timer.unref()
      const stopFiles = files.watch((next) => {
        mixer.takeFiles(next)
        look()
      }, onRefused)
      return () => {
        clearInterval(timer)
        stopFiles()
      }
    },
  }
}

// One resource alone has been tried before; that they do not go together is our mistake, and must not end the webhook.
function asLoadError(error: unknown): LoadError {
  if (error instanceof LoadError) return error
  const problem = `cannot be put into force (${error instanceof Error ? error.message : 'unknown error'})`
  return new LoadError([{ file: 'the custom resources', path: '', problem }])
}

class Mixer {
  readonly #resources: PolicyResources
  readonly #now: () => Date
  #files: PoliciesInForce
  /** What was looked at last; undefined: everything has to be looked at. */
  #seen: string | undefined
  #good: ReadonlyMap<string, JsonObject> = new Map()
  #refused: ReadonlySet<string> = new Set()
  /** When the next exception ends, in milliseconds since 1970. */
  #until = Infinity

  constructor(files: PoliciesInForce, resources: PolicyResources, now: () => Date) {
    this.#files = files
    this.#resources = resources
    this.#now = now
    // Without resources, what the files say is all there is.
    this.#seen = ''
  }

  takeFiles(files: PoliciesInForce): void {
    this.#files = files
    this.#seen = undefined
  }

  isCurrent(): boolean {
    return this.#seen === versionsOf(this.#resources.objects())
  }

  /** What is to be judged by from now on; undefined where nothing has changed. Throws a LoadError once for each change. */
  next(): PoliciesInForce | undefined {
    const objects = this.#resources.objects()
    const versions = versionsOf(objects)
    const now = this.#now()
    if (versions === this.#seen && now.getTime() < this.#until) return undefined
    this.#seen = versions
    const { files } = this.#files
    const mixed = withResources(files, objects, this.#good)
    const policies = compilePolicies(mixed.input)
    this.#good = mixed.good
    const names = policies.policies.map(({ name }) => name)
    this.#until = nextEnd(mixed.resources, now)
    this.#resources.tell(mixed.resources.map((resource) => outcomeOf(resource, { names, now })))
    return { policies, files, refused: this.#newlyRefused(mixed.resources) }
  }

  /** The problems of versions that were not known to have any. */
  #newlyRefused(resources: readonly ReadResource[]): readonly LoadProblem[] {
    const refused = resources.filter(({ problems }) => problems.length > 0)
    const before = this.#refused
    this.#refused = new Set(refused.map(({ object }) => versionOf(object)))
    return refused.filter(({ object }) => !before.has(versionOf(object))).flatMap(({ problems }) => problems)
  }
}

function nextEnd(resources: readonly ReadResource[], now: Date): number {
  const ends = resources.flatMap(({ addition }) => addition?.exceptions.map(({ until }) => until) ?? [])
  return Math.min(Infinity, ...ends.filter((until) => until > now.getTime()))
}

// The generation changes with the spec and not with the status, which is written here.
function versionOf(object: JsonObject): string {
  return JSON.stringify([resourceKey(object), at(object, 'metadata', 'uid'), at(object, 'metadata', 'generation')])
}

function versionsOf(objects: readonly JsonObject[]): string {
  return objects.map(versionOf).join()
}
