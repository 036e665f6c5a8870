import { asArray, asString, at, isObject, type JsonObject } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { ApiClient } from './api-client.ts'
import { backoffMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import { statusPath } from './policy-kinds.ts'
import { hasStatus } from './source.ts'

/** What became of a policy or an exception: whether it is in force, why (one word) and in words. */
export interface PolicyOutcome {
  /** As it was read: with its uid, generation and status. */
  readonly object: JsonObject
  readonly accepted: boolean
  readonly reason: string
  readonly message: string
}

/** Writes the status of policies and exceptions, one after another. Nothing in it throws. */
export interface PolicyStatusWriter {
  /** Takes what became of all of them, in place of what was told before. */
  tell(outcomes: readonly PolicyOutcome[]): void
  /** Writes nothing more; what is under way is waited for. */
  stop(): Promise<void>
}

export interface PolicyStatusOptions {
  readonly client: Pick<ApiClient, 'apply'>
  readonly clock: Clock
  readonly logger: Logger
  /** A number from 0 to 1, to spread retries; Math.random by default. */
  readonly random?: () => number
}

const fieldManager = 'holdfast'

/**
 * Makes a writer. An outcome is written once, and not at all where the status says the same already, as after a restart
 * or where another replica was quicker. What is in the status later on does not matter: two replicas that disagree, in
 * the middle of an upgrade, must not answer each other for ever.
 */
export function policyStatusWriter(options: PolicyStatusOptions): PolicyStatusWriter {
  return new Writer(options)
}

class Writer implements PolicyStatusWriter {
  readonly #options: PolicyStatusOptions
  readonly #told = new Map<string, string>()
  #waiting = new Map<string, PolicyOutcome>()
  #failures = 0
  #stopped = false
  #wake = (): void => undefined
  #running: Promise<void> | undefined

  constructor(options: PolicyStatusOptions) {
    this.#options = options
  }

  tell(outcomes: readonly PolicyOutcome[]): void {
    const known = new Map(outcomes.map((outcome) => [keyOf(outcome), outcome]))
    for (const key of this.#told.keys()) if (!known.has(key)) this.#told.delete(key)
    this.#waiting = new Map([...known].filter(([key, outcome]) => this.#isNews(key, outcome)))
    if (this.#waiting.size > 0 && !this.#stopped) this.#running ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake()
    await this.#running
  }

  #isNews(key: string, outcome: PolicyOutcome): boolean {
    const content = contentOf(outcome)
    if (this.#told.get(key) === content) return false
    if (!isWritten(outcome)) return true
    this.#told.set(key, content)
    return false
  }

  async #run(): Promise<void> {
    for (;;) {
      const [next] = this.#waiting
      if (next === undefined || this.#stopped) break
      const [key, outcome] = next
      const pauseMs = await this.#write(key, outcome)
      if (pauseMs > 0) await this.#pause(pauseMs)
    }
    this.#running = undefined
  }

  /** Writes one; how long to wait before the next attempt, in milliseconds. */
  async #write(key: string, outcome: PolicyOutcome): Promise<number> {
    const { client, clock, logger, random = Math.random } = this.#options
    const { kind, namespace, name } = referenceOf(outcome.object)
    const path = statusPath(kind, namespace, name)
    try {
      if (path !== undefined) await client.apply(path, statusOf(outcome, clock.now()), fieldManager)
      if (this.#failures > 0) logger.info({ kind }, 'the status of policies can be written again')
    } catch (error) {
      // Gone, or made anew under its name (the uid differs): the next look tells.
      if (!hasStatus(error, 404) && !hasStatus(error, 409)) {
        this.#failures += 1
        if (this.#failures === 1) {
          logger.warn({ kind, namespace, name, error }, 'the status of a policy cannot be written; trying again')
        }
        // The others first: this may be about one object alone.
        this.#putLast(key)
        return backoffMs(this.#failures, random())
      }
    }
    this.#failures = 0
    this.#told.set(key, contentOf(outcome))
    // Something newer may have come meanwhile.
    if (this.#waiting.get(key) === outcome) this.#waiting.delete(key)
    return 0
  }

  #putLast(key: string): void {
    const outcome = this.#waiting.get(key)
    if (outcome === undefined) return
    this.#waiting.delete(key)
    this.#waiting.set(key, outcome)
  }

  #pause(milliseconds: number): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const callOff = this.#options.clock.after(milliseconds, resolve)
      this.#wake = () => {
        callOff()
        resolve()
      }
    })
  }
}

function keyOf({ object }: PolicyOutcome): string {
  const { kind, namespace, name } = referenceOf(object)
  return `${kind}/${namespace}/${name}`
}

function contentOf({ object, accepted, reason, message }: PolicyOutcome): string {
  return JSON.stringify([
    at(object, 'metadata', 'uid'),
    at(object, 'metadata', 'generation'),
    accepted,
    reason,
    message,
  ])
}

const conditionType = 'Accepted'

function acceptedCondition(object: JsonObject): JsonObject | undefined {
  return asArray(at(object, 'status', 'conditions'))
    .filter(isObject)
    .find((condition) => condition['type'] === conditionType)
}

function isWritten({ object, accepted, reason, message }: PolicyOutcome): boolean {
  const condition = acceptedCondition(object)
  return (
    at(object, 'status', 'observedGeneration') === at(object, 'metadata', 'generation') &&
    condition?.['status'] === (accepted ? 'True' : 'False') &&
    condition['reason'] === reason &&
    condition['message'] === message
  )
}

function statusOf({ object, accepted, reason, message }: PolicyOutcome, now: Date): JsonObject {
  const { apiVersion, kind, namespace, name } = referenceOf(object)
  const uid = at(object, 'metadata', 'uid')
  const generation = at(object, 'metadata', 'generation')
  const status = accepted ? 'True' : 'False'
  // metav1.Time has no fractions of a second.
  const time = `${now.toISOString().slice(0, 19)}Z`
  const before = acceptedCondition(object)
  const since = before?.['status'] === status ? asString(before['lastTransitionTime']) : undefined
  // What is applied without a field takes the field away.
  const lastApplied = accepted ? time : asString(at(object, 'status', 'lastApplied'))
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === '' ? {} : { namespace }), ...(uid === undefined ? {} : { uid }) },
    status: {
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      ...(lastApplied === undefined ? {} : { lastApplied }),
      conditions: [
        {
          type: conditionType,
          status,
          reason,
          message,
          lastTransitionTime: since ?? time,
          ...(generation === undefined ? {} : { observedGeneration: generation }),
        },
      ],
    },
  }
}
