import { connect, type TLSSocket } from 'node:tls'
import { once } from 'node:events'
import { type LoadOrder, type LoadResult, onOrder, tell, toLoadOrder } from './messages.ts'
import { percentile } from './statistics.ts'
import { reviewBody } from './samples.ts'

// Written on bare sockets: with https.request the client would need more CPU than the server, and be what is measured.
onOrder((message) => void run(toLoadOrder(message)).then(tell))

async function run(order: LoadOrder): Promise<LoadResult> {
  const request = requestBytes(order)
  const sockets = await Promise.all(Array.from({ length: order.connections }, () => open(order)))
  const latencies: number[] = []
  const start = performance.now()
  const end = start + order.milliseconds
  await Promise.all(sockets.map((socket) => keepSending(socket, request, end, latencies)))
  const seconds = (performance.now() - start) / 1000
  latencies.sort((left, right) => left - right)
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }
}

async function open({ port, cert }: LoadOrder): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, ca: cert }).setNoDelay(true)
  await once(socket, 'secureConnect')
  return socket
}

function requestBytes({ body, port }: LoadOrder): Buffer {
  const text = reviewBody(body)
  const head = [
    'POST /validate?timeout=10s HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'User-Agent: kube-apiserver-admission',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Accept: application/json, */*',
    'Content-Type: application/json',
    'Accept-Encoding: gzip',
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`)
}

/** Sends one request after the other on a connection; answers other than a plain admission are an error. */
function keepSending(socket: TLSSocket, request: Buffer, end: number, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0
    let answer = ''
    const send = (): void => {
      sent = performance.now()
      if (sent < end) socket.write(request)
      else socket.end(() => resolve())
    }
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed the connection')))
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (!isWhole(answer)) return
      if (!answer.startsWith('HTTP/1.1 200') || !answer.endsWith('"allowed":true}}')) reject(new Error(answer))
      answer = ''
      latencies.push(performance.now() - sent)
      send()
    })
    send()
  })
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head < 0) return false
  const [, length] = /content-length: (\d+)/i.exec(answer) ?? []
  return answer.length >= head + 4 + Number(length)
}
