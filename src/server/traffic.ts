import type { RequestListener, ServerResponse } from 'node:http'

/** Follows the requests of a server, so that its connections can be given up without losing one. */
export interface Traffic {
  readonly listener: RequestListener
  /** From now on each connection ends with its next answer, and the client is told so in that answer. */
  closeAfterAnswers(): void
}

/** Puts itself in front of a listener. */
export function trafficOf(listener: RequestListener): Traffic {
  const pending = new Set<ServerResponse>()
  let closing = false
  return {
    listener(request, response) {
      if (closing) response.setHeader('connection', 'close')
      else pending.add(response.once('close', () => pending.delete(response)))
      listener(request, response)
    },
    closeAfterAnswers() {
      closing = true
      for (const response of pending) if (!response.headersSent) response.setHeader('connection', 'close')
      pending.clear()
    },
  }
}
