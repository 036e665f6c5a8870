import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AdmissionRequest } from '../../src/admission/request.ts'
import { type AdmissionResponse, allowed } from '../../src/admission/response.ts'
import { type AppOptions, createApp } from '../../src/server/app.ts'
import type { Logger } from '../../src/telemetry/logger.ts'
import type { AdmissionCall } from '../../src/telemetry/admission-metrics.ts'

const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels: { note: 's3cret' } } }
/** A review as the API server sends it, with a value that must not come out anywhere. */
export const review = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: { uid: 'u1', operation: 'CREATE', namespace: 'shop', userInfo: { username: 'jane' }, object },
}

interface Observed {
  readonly calls: AdmissionCall[]
  readonly lines: [level: string, message: string, fields: object][]
  readonly refusals: string[]
}

/** The app, and what it counted and logged. */
export function appWith(
  options: Partial<AppOptions> & { readonly answer?: (request: AdmissionRequest) => AdmissionResponse },
) {
  const observed: Observed = { calls: [], lines: [], refusals: [] }
  const line = (level: string) => (fields: object, message: string) =>
    void observed.lines.push([level, message, fields])
  const logger: Logger = {
    isDebug: true,
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
  }
  const answer = options.answer ?? (() => allowed())
  const metrics = {
    admitted: (call: AdmissionCall) => void observed.calls.push(call),
    phased: () => undefined,
    refused: (reason: string) => void observed.refusals.push(reason),
  }
  const app = createApp({ decide: { validate: answer, mutate: answer }, logger, metrics, clock: () => 5, ...options })
  return { app, ...observed }
}

/** The Status that a refusal is answered with. */
export function status(code: number, reason: string, message: string, uid?: string): object {
  const details = uid === undefined ? {} : { details: { uid } }
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code, ...details }
}

const servers: Server[] = []

/** Ends what {@link serve} started. */
export function endServers(): void {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
}

/** Serves an app on a free port; gives its URL. */
export async function serve(app: RequestListener): Promise<string> {
  const server = createServer(app).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
}
