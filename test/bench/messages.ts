import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { bodyNames, type BodyName } from './samples.ts'

/** What a server process says when it listens. */
export interface Listening {
  readonly port: number
  /** PEM of the certificate, which signs itself. */
  readonly cert: string
}

/** What the load process is asked to do. */
export interface LoadOrder extends Listening {
  readonly body: BodyName
  readonly connections: number
  readonly milliseconds: number
}

/** What the load process measured; latencies in milliseconds. */
export interface LoadResult {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

type Message = Readonly<Record<string, unknown>>

/** The next message of a child, its first argument; rejects where the child ends instead. */
export async function nextMessage(child: ChildProcess): Promise<Message> {
  const ended = new AbortController()
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`${child.spawnfile} ended with ${String(code)}`)
  })
  try {
    const [message]: unknown[] = await Promise.race([once(child, 'message', { signal: ended.signal }), exit])
    return toMessage(message)
  } finally {
    exit.catch(() => undefined)
    ended.abort()
  }
}

/** Sends a message to a child and waits for its answer. */
export function ask(child: ChildProcess, message: object): Promise<Message> {
  child.send(message)
  return nextMessage(child)
}

/** Calls back for each message of the parent; the process ends with it. */
export function onOrder(handle: (message: Message) => void): void {
  process.on('message', (message: unknown) => handle(toMessage(message)))
  process.on('disconnect', () => process.exit(0))
}

/** Sends a message to the parent. */
export function tell(message: object): void {
  process.send?.(message)
}

/** Reads an order. Throws a TypeError where a part is missing. */
export function toLoadOrder(message: Message): LoadOrder {
  const body = bodyNames.find((name) => name === message['body'])
  if (body === undefined) throw new TypeError('no such body')
  const [connections, milliseconds] = [numberIn(message, 'connections'), numberIn(message, 'milliseconds')]
  return { ...toListening(message), body, connections, milliseconds }
}

/** Reads what a server says of itself. Throws a TypeError where a part is missing. */
export function toListening(message: Message): Listening {
  return { port: numberIn(message, 'port'), cert: String(message['cert']) }
}

/** Reads what the load process measured. Throws a TypeError where a part is missing. */
export function toLoadResult(message: Message): LoadResult {
  return {
    requests: numberIn(message, 'requests'),
    perSecond: numberIn(message, 'perSecond'),
    p50: numberIn(message, 'p50'),
    p99: numberIn(message, 'p99'),
  }
}

/** A number of a message. Throws a TypeError where there is none. */
export function numberIn(message: Message, key: string): number {
  const value = message[key]
  if (typeof value !== 'number') throw new TypeError(`the message has no number "${key}"`)
  return value
}

function toMessage(message: unknown): Message {
  return typeof message === 'object' && message !== null ? { ...message } : {}
}
