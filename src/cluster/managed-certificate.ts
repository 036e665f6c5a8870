import type { JsonObject } from '../kubernetes/json.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { ApiClient } from './api-client.ts'
import { backoffMs } from './backoff.ts'
import { type CertificateState, nextStep, type Step } from './certificate-plan.ts'
import { readSecret, writeSecret } from './certificate-secret.ts'
import type { Clock } from './clock.ts'
import { issueCertificate } from './issued-certificate.ts'
import { hasStatus } from './source.ts'
import { allTrust, type Configuration, readConfigurations, trust, trustedBy } from './webhook-trust.ts'

/** Where the certificate is kept, what it is for, and who has to trust it. All are names of Kubernetes objects. */
export interface CertificatePlace {
  readonly namespace: string
  readonly secret: string
  readonly service: string
  readonly webhookConfigurations: readonly string[]
}

/** A pair to serve with, both PEM. */
export interface ServingPair {
  readonly cert: string
  readonly key: string
  readonly validTo: Date
}

/** What a managed certificate works with. */
export interface ManagedCertificateOptions {
  readonly api: Pick<ApiClient, 'get' | 'create' | 'update'>
  readonly place: CertificatePlace
  readonly clock: Clock
  readonly logger: Logger
  /** Puts a pair into use; called for the first one and for each that takes over. */
  readonly onPair: (pair: ServingPair) => void
  /** A number from 0 to 1 that spreads attempts; Math.random by default. */
  readonly random?: () => number
  readonly issue?: typeof issueCertificate
}

// What others wrote is seen after this long, and so is a configuration that was put back without its caBundle.
const pollMs = 10_000

// API servers learn of a changed webhook configuration through a watch: within a second, but for one that is busy.
const settleMs = 60_000

/**
 * Keeps the serving certificate in a Secret, together with the other replicas: makes it, renews it, and lets the webhook
 * configurations trust its authority before it is served. All replicas do the same; a Secret is only written over the
 * version that was read, so one of them wins and the others take what is there.
 *
 * Nothing in it throws. While the API server is away, the pair in hand goes on serving.
 */
export class ManagedCertificate {
  readonly #options: Required<ManagedCertificateOptions>
  #inHand: CertificateState | undefined
  #missing: readonly string[] = []
  #trouble: string | undefined
  #failures = 0
  #settling: { readonly authority: string; isOver: boolean; readonly callOff: () => void } | undefined
  #stopped = false
  #wake: (() => void) | undefined
  #running: Promise<void> | undefined

  constructor(options: ManagedCertificateOptions) {
    this.#options = { random: Math.random, issue: issueCertificate, ...options }
  }

  /** Begins; once only. */
  start(): void {
    this.#running ??= this.#run()
  }

  /** Ready once a certificate that the webhook configurations trust is in use, and from then on. */
  ready(): { readonly ready: boolean; readonly reasons: readonly string[] } {
    const ready = this.#inHand !== undefined
    const missing = this.#missing.map((name) => `certificate: no webhook configuration is called "${name}"`)
    if (this.#trouble !== undefined) return { ready, reasons: [`certificate: ${this.#trouble}`, ...missing] }
    return { ready, reasons: ready ? missing : ['certificate: not in use yet', ...missing] }
  }

  /** Ends its timers, and waits for a call that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#settling?.callOff()
    this.#wake?.()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const pauseMs = await this.#attempt()
      if (!this.#stopped) await this.#pause(pauseMs)
    }
  }

  /** Does what there is to do now, and says when to look again. */
  async #attempt(): Promise<number> {
    const { random } = this.#options
    try {
      await this.#advance()
      this.#failures = 0
      this.#trouble = undefined
      return pollMs * (0.8 + 0.4 * random())
    } catch (error) {
      this.#failures += 1
      // Another replica was faster, which is as it should be: what it wrote is read next.
      if (!hasStatus(error, 409)) this.#troubled(error)
      return backoffMs(this.#failures, random())
    }
  }

  async #advance(): Promise<void> {
    const { api, place, clock } = this.#options
    // In this order: what the Secret says is then never older than what somebody already put into a configuration.
    const { found, missing } = await readConfigurations(api, place.webhookConfigurations)
    this.#reportMissing(missing)
    const secret = await api.get(secretPath(place))
    const now = clock.now()
    const { state: stored, authorities, isForeign } = readSecret(secret, now)
    if (isForeign) throw new Error(`Secret "${place.secret}" holds what Holdfast did not put there; it is left alone`)
    const step = nextStep({
      stored,
      inHand: this.#inHand,
      found: () => [...authorities, ...trustedBy(found)],
      names: namesOf(place),
      now,
      isTrusted: (authority) => this.#isSettled(authority, found),
    })
    const state = await this.#carryOut(step, secret)
    const changed = await trust(api, found, state.authorities)
    if (changed) this.#options.logger.info({}, 'webhook configurations trust the authorities of the certificate')
    const mayServe = this.#mayServe(state, found, now)
    this.#settle(mayServe ? state.next?.authority : state.serving.authority, changed)
    if (mayServe) this.#use(state)
  }

  async #carryOut(step: Step, secret: JsonObject | undefined): Promise<CertificateState> {
    if (step.step === 'keep') return step.state
    const { api, place, clock, logger, issue } = this.#options
    const state = step.step === 'store' ? step.state : step.complete(await issue(step.names, clock.now()))
    const content = writeSecret(secret, { namespace: place.namespace, name: place.secret }, state)
    if (secret === undefined) await api.create(secretsPath(place), content)
    else await api.update(secretPath(place), content)
    if (step.step === 'issue') logger.info({ secret: place.secret }, 'certificate made')
    return state
  }

  /** Begins to wait for API servers to know an authority, anew whenever the configurations had to be changed. */
  #settle(authority: string | undefined, changed: boolean): void {
    if (authority === this.#settling?.authority && !changed) return
    this.#settling?.callOff()
    this.#settling = undefined
    if (authority === undefined || this.#stopped) return
    const callOff = this.#options.clock.after(settleMs, () => {
      settling.isOver = true
    })
    const settling = { authority, isOver: false, callOff }
    this.#settling = settling
  }

  #isSettled(authority: string, configurations: readonly Configuration[]): boolean {
    return this.#settling?.authority === authority && this.#settling.isOver && allTrust(configurations, authority)
  }

  /**
   * Whether what the Secret says can be served at once: it was known as the next one, which whoever let it take over has
   * seen trusted, or has been served for a while. Otherwise (somebody began anew) API servers first have to learn of it,
   * unless nothing was trusted before.
   */
  #mayServe(
    { serving, servingSince, authorities }: CertificateState,
    configurations: readonly Configuration[],
    now: Date,
  ): boolean {
    const inHand = this.#inHand
    const isKnown =
      inHand === undefined
        ? authorities.length === 1 || now.getTime() - servingSince.getTime() >= settleMs
        : inHand.authorities.includes(serving.authority) || inHand.serving.validTo <= now
    return isKnown || this.#isSettled(serving.authority, configurations)
  }

  #use(state: CertificateState): void {
    const { cert, key, validTo } = state.serving
    if (cert !== this.#inHand?.serving.cert && !this.#stopped) {
      this.#options.onPair({ cert, key, validTo })
      this.#options.logger.info({ validTo: validTo.toISOString() }, 'certificate in use')
    }
    this.#inHand = state
  }

  #reportMissing(missing: readonly string[]): void {
    const { logger } = this.#options
    for (const name of missing) {
      if (!this.#missing.includes(name)) logger.warn({ name }, 'there is no webhook configuration of this name')
    }
    this.#missing = missing
  }

  #troubled(error: unknown): void {
    const trouble = error instanceof Error ? error.message : 'unknown error'
    if (trouble !== this.#trouble) {
      this.#options.logger.error({ error }, 'the certificate cannot be looked after; trying again')
    }
    this.#trouble = trouble
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#options.clock.after(milliseconds, resolve)
      this.#wake = () => {
        callOff()
        resolve()
      }
    })
  }
}

/** The names by which the API server calls a Service, and others in the cluster may. */
function namesOf({ service, namespace }: CertificatePlace): readonly string[] {
  return [`${service}.${namespace}.svc`, `${service}.${namespace}.svc.cluster.local`]
}

function secretsPath({ namespace }: CertificatePlace): string {
  return `/api/v1/namespaces/${namespace}/secrets`
}

function secretPath(place: CertificatePlace): string {
  return `${secretsPath(place)}/${place.secret}`
}
