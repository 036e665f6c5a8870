import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { RunningWebhook } from './webhook.ts'

/** One address for several webhooks, as a Service is in a cluster. */
export interface Service {
  /** `https://127.0.0.1:PORT`, without a path. */
  readonly url: string
  /** Sends connections to one more webhook. */
  add(webhook: RunningWebhook): Promise<void>
  /** How many connections it has passed on so far. */
  opened(): number
  stop(): Promise<void>
}

// A cluster takes seconds: the kubelet's probe, the endpoints, and kube-proxy on every node.
const probeEveryMs = 100

/**
 * Starts a proxy that does to connections what a Service does: a new one goes to a webhook that said it is ready when it
 * was last asked, each in turn; one that is open stays where it is. Where none is ready, connections are refused.
 */
export async function startService(first: RunningWebhook): Promise<Service> {
  const webhooks = [first]
  let ready: readonly RunningWebhook[] = []
  const look = async (): Promise<void> => {
    const answers = await Promise.all(webhooks.map(isReady))
    ready = webhooks.filter((_, index) => answers[index])
  }
  await look()
  const timer = setInterval(() => void look(), probeEveryMs)
  const sockets = new Set<Socket>()
  let opened = 0
  const server = createServer((client) => {
    const webhook = ready[opened % ready.length]
    if (webhook === undefined) {
      client.destroy()
      return
    }
    opened += 1
    const backend = connect(Number(new URL(webhook.url).port), '127.0.0.1')
    join(client, backend)
    for (const socket of [client, backend]) sockets.add(socket.once('close', () => sockets.delete(socket)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    async add(webhook) {
      webhooks.push(webhook)
      await look()
    },
    opened: () => opened,
    async stop() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

async function isReady({ healthUrl }: RunningWebhook): Promise<boolean> {
  try {
    return (await fetch(`${healthUrl}/readyz`)).ok
  } catch {
    return false
  }
}

function join(left: Socket, right: Socket): void {
  left.setNoDelay().pipe(right.setNoDelay()).pipe(left)
  left.once('error', () => right.destroy())
  right.once('error', () => left.destroy())
}
