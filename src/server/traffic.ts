import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Follows the requests of a server, so that its connections can be given up without losing one. */
export interface Traffic {
  readonly listener: RequestListener
  /** From now on each connection ends with its next answer, and the client is told so in that answer. */
  closeAfterAnswers(): void
}

/** Puts itself in front of a listener. */
export function trafficOf(listener: RequestListener): Traffic {
  // By connection and not by request: a listener less on every response.
  const latest = new Map<Socket, ServerResponse>()
  let closing = false
  return {
    listener(request, response) {
      const { socket } = request
      if (closing) response.setHeader('connection', 'close')
      else {
        if (!latest.has(socket)) socket.once('close', () => latest.delete(socket))
        latest.set(socket, response)
      }
      listener(request, response)
    },
    closeAfterAnswers() {
      closing = true
      for (const response of latest.values()) if (!response.headersSent) response.setHeader('connection', 'close')
      latest.clear()
    },
  }
}
