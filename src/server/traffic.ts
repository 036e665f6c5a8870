import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Follows the connections and requests of a server: how many there are, and how to give them up without losing one. */
export interface Traffic {
  readonly listener: RequestListener
  /** To be told of each TCP connection as it comes in, before TLS. */
  readonly opened: (socket: Socket) => void
  /** From now on each connection ends with its next answer, and the client is told so in that answer. */
  closeAfterAnswers(): void
  /**
   * Closes connections that have been open for so long (milliseconds) and never brought a request. API servers open some
   * in advance; to Node they are not idle, and would stay until they are too late with their headers.
   */
  closeUnused(milliseconds: number): void
}

export interface TrafficOptions {
  /**
   * How many connections there may be. One more costs the oldest that never brought a request its place, so that whoever
   * opens them and says nothing keeps nobody out; it is the new one where all others have been used.
   */
  readonly maxConnections: number
  /** A connection lost its place. */
  readonly onCrowdedOut: () => void
}

/** Puts itself in front of a listener. */
export function trafficOf(listener: RequestListener, { maxConnections, onCrowdedOut }: TrafficOptions): Traffic {
  // By connection and not by request: a listener less on every response.
  const latest = new Map<Socket, ServerResponse>()
  const unused = new Map<string, { readonly socket: Socket; readonly since: number }>()
  let open = 0
  let closing = false
  return {
    opened(socket) {
      const peer = peerOf(socket)
      open += 1
      unused.set(peer, { socket, since: performance.now() })
      socket.once('close', () => {
        open -= 1
        if (unused.get(peer)?.socket === socket) unused.delete(peer)
      })
      if (open <= maxConnections) return
      for (const [oldest, crowded] of unused) {
        unused.delete(oldest)
        crowded.socket.destroy()
        onCrowdedOut()
        break
      }
    },
    listener(request, response) {
      const { socket } = request
      if (closing) {
        unused.delete(peerOf(socket))
        response.setHeader('connection', 'close')
      } else {
        if (!latest.has(socket)) {
          unused.delete(peerOf(socket))
          socket.once('close', () => latest.delete(socket))
        }
        latest.set(socket, response)
      }
      listener(request, response)
    },
    closeAfterAnswers() {
      closing = true
      for (const response of latest.values()) if (!response.headersSent) response.setHeader('connection', 'close')
      latest.clear()
    },
    closeUnused(milliseconds) {
      const until = performance.now() - milliseconds
      for (const { socket, since } of unused.values()) if (since <= until) socket.destroy()
    },
  }
}

/** Who is at the other end: the same of a TCP connection and of the TLS connection in it, which are two objects. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
