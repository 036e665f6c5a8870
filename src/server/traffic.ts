import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Follows the requests of a server, so that its connections can be given up without losing one. */
export interface Traffic {
  readonly listener: RequestListener
  /** To be told of each connection once it is open. */
  readonly opened: (socket: Socket) => void
  /** From now on each connection ends with its next answer, and the client is told so in that answer. */
  closeAfterAnswers(): void
  /**
   * Closes connections that have been open for so long (milliseconds) and never brought a request. API servers open some
   * in advance; to Node they are not idle, and would stay until they are too late with their headers.
   */
  closeUnused(milliseconds: number): void
}

/** Puts itself in front of a listener. */
export function trafficOf(listener: RequestListener): Traffic {
  // By connection and not by request: a listener less on every response.
  const latest = new Map<Socket, ServerResponse>()
  const unusedSince = new Map<Socket, number>()
  let closing = false
  return {
    opened(socket) {
      unusedSince.set(socket, performance.now())
      socket.once('close', () => unusedSince.delete(socket))
    },
    listener(request, response) {
      const { socket } = request
      if (closing) {
        unusedSince.delete(socket)
        response.setHeader('connection', 'close')
      } else {
        if (!latest.has(socket)) {
          unusedSince.delete(socket)
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
      for (const [socket, since] of unusedSince) if (since <= until) socket.destroy()
    },
  }
}
