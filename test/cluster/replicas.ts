import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CertificatePlace } from '../../src/cluster/managed-certificate.ts'
import { ManagedCertificate, type ServingPair } from '../../src/cluster/managed-certificate.ts'
import { issueCertificate, readAuthorities, readIssued } from '../../src/cluster/issued-certificate.ts'
import { asArray, asString, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'
import { fakeClock } from './fake-clock.ts'
import { type LogBook, logBook } from './log-book.ts'

/** Where the certificate of these tests is kept. */
export const place: CertificatePlace = {
  namespace: 'ns',
  secret: 'holdfast-tls',
  service: 'holdfast',
  webhookConfigurations: ['holdfast'],
}

export const secretPath = '/api/v1/namespaces/ns/secrets/holdfast-tls'
const configurations = '/apis/admissionregistration.k8s.io/v1'
export const mutating = `${configurations}/mutatingwebhookconfigurations/holdfast`
export const validating = `${configurations}/validatingwebhookconfigurations/holdfast`

/** A replica that runs, with what it serves; its API server is the others', but fails by itself. */
export interface Replica {
  readonly certificate: ManagedCertificate
  readonly log: LogBook
  readonly pairs: readonly ServingPair[]
  /** Whether the API server is out of its reach. */
  cutOff: boolean
}

/** Several replicas in front of one API server, and the time. */
export interface Replicas {
  readonly api: FakeApi
  start(options?: { readonly random?: () => number; readonly place?: CertificatePlace }): Replica
  /** Lets time pass (milliseconds), during which everybody works; `look` is called four times a second. */
  pass(milliseconds: number, look?: () => void): Promise<void>
  /** Lets time pass at once, as in a suspended machine. */
  leap(milliseconds: number): void
  now(): Date
  pending(): number
  stop(): Promise<void>
}

const stepMs = 250

/** Makes an API server with both webhook configurations, and no replica yet. */
export function replicas(): Replicas {
  const api = fakeApi()
  const clock = fakeClock()
  const running: Replica[] = []
  let leapt = 0
  const issuing = new Set<Promise<unknown>>()
  const now = (): Date => new Date(clock.now().getTime() + leapt)
  const issue: typeof issueCertificate = (names, time) => {
    const issued = issueCertificate(names, time).finally(() => issuing.delete(issued))
    issuing.add(issued)
    return issued
  }
  for (const path of [mutating, validating]) putConfiguration(api, path)
  return {
    api,
    now,
    pending: () => clock.pending(),
    start({ random = () => 0.5, place: where = place } = {}) {
      const pairs: ServingPair[] = []
      const log = logBook()
      const reach = async <T>(call: () => Promise<T>): Promise<T> => {
        if (replica.cutOff) throw new Error('connect ECONNREFUSED')
        return call()
      }
      const certificate = new ManagedCertificate({
        api: {
          get: (path) => reach(() => api.get(path)),
          create: (path, object) => reach(() => api.create(path, object)),
          update: (path, object) => reach(() => api.update(path, object)),
        },
        place: where,
        clock: { now, after: (delay, run) => clock.after(delay, run) },
        logger: log,
        onPair: (pair) => void pairs.push(pair),
        random,
        issue,
      })
      const replica: Replica = { certificate, log, pairs, cutOff: false }
      running.push(replica)
      certificate.start()
      return replica
    },
    async pass(milliseconds, look = () => undefined) {
      for (let passed = 0; passed <= milliseconds; passed += stepMs) {
        await clock.advance(passed === 0 ? 0 : stepMs)
        await Promise.all(issuing)
        await nextTurn()
        look()
      }
    },
    leap(milliseconds) {
      leapt += milliseconds
    },
    async stop() {
      await Promise.all(running.map(({ certificate }) => certificate.stop()))
    },
  }
}

/** Puts a webhook configuration with two webhooks there, without a caBundle or with this one (base64). */
export function putConfiguration(api: FakeApi, path: string, caBundle?: string): void {
  const service = { name: 'holdfast', namespace: 'ns', path: '/validate', port: 443 }
  const webhooks = ['storage', 'pods'].map((name) => ({
    name: `${name}.holdfast.dev`,
    failurePolicy: 'Fail',
    clientConfig: { service, ...(caBundle !== undefined && { caBundle }) },
  }))
  api.put(path, { kind: 'WebhookConfiguration', metadata: { name: 'holdfast', labels: { team: 'sre' } }, webhooks })
}

/** The caBundles of a configuration's webhooks, each as a list of PEM. */
export function bundlesOf(api: FakeApi, path: string): readonly (readonly string[])[] {
  return asArray(api.objects.get(path)?.['webhooks']).map((webhook) =>
    readAuthorities(decoded(asString(at(webhook, 'clientConfig', 'caBundle')))),
  )
}

/** What a replica serves with; undefined before the first pair. */
export function serving({ pairs }: Replica): ServingPair | undefined {
  return pairs.at(-1)
}

/** Changes the Secret, where there is one, as somebody else would. */
export function changeSecret(api: FakeApi, change: (secret: JsonObject) => JsonObject): void {
  const secret = api.objects.get(secretPath)
  if (secret !== undefined) api.put(secretPath, change(secret))
}

/** A Secret without its data. */
export function emptied(secret: JsonObject): JsonObject {
  return { ...secret, data: undefined }
}

/** A member of the Secret's data as text, '' where there is none. */
export function secretText(api: FakeApi, key: string): string {
  return decoded(asString(at(api.objects.get(secretPath), 'data', key)))
}

/** Whether a client that trusts a caBundle (base64) accepts the pair. */
export function accepts(caBundle: string, { cert, key }: ServingPair): boolean {
  return readIssued(cert, key, readAuthorities(decoded(caBundle))) !== undefined
}

function decoded(text = ''): string {
  return Buffer.from(text, 'base64').toString()
}
