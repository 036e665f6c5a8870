import type { RequestListener, ServerResponse } from 'node:http'
import type { Metrics } from '../telemetry/metrics.ts'
import { Refusal, refuse, sendJson } from './answer.ts'

/** Whether the program can take requests; the reasons say what is missing, also where it is no hindrance. */
export interface Readiness {
  readonly ready: boolean
  readonly reasons: readonly string[]
}

export interface HealthOptions {
  readonly ready: () => Readiness
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>
}

/** Answers probes and scrapes: `GET /healthz` (the process is alive), `/readyz`, `/metrics`. */
export function healthListener({ ready, metrics }: HealthOptions): RequestListener {
  return (request, response) => {
    const [path] = (request.url ?? '').split('?', 1)
    const answer = path === undefined ? undefined : answers.get(path)
    if (answer === undefined) {
      refuse(request, response, new Refusal(404, 'here are /healthz, /readyz and /metrics only'))
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(request, response, new Refusal(405, 'the method must be GET', { allow: 'GET, HEAD' }))
    } else {
      answer(response, { ready, metrics })
    }
  }
}

type Answer = (response: ServerResponse, options: HealthOptions) => void

const answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['/healthz', (response) => sendJson(response, 200, '{"alive":true}')],
  ['/readyz', answerReadiness],
  ['/metrics', (response, { metrics }) => void answerMetrics(response, metrics)],
])

function answerReadiness(response: ServerResponse, options: HealthOptions): void {
  const { ready, reasons } = options.ready()
  sendJson(response, ready ? 200 : 503, JSON.stringify({ ready, reasons }))
}

async function answerMetrics(response: ServerResponse, metrics: HealthOptions['metrics']): Promise<void> {
  try {
    const text = await metrics.text()
    response.writeHead(200, { 'content-type': metrics.contentType }).end(text)
  } catch {
    response.writeHead(500).end()
  }
}
