import type { JsonObject } from '../kubernetes/json.ts'

/** What is asked of one list request. */
export interface ListRequest {
  /** The most objects in one page; undefined for all at once. */
  readonly limit: number | undefined
  /** Where the page before ended; undefined for the first. */
  readonly continueToken: string | undefined
}

/** A part of a list; all parts of one list show the same moment. */
export interface Page {
  readonly items: readonly JsonObject[]
  /** The moment that the list shows; a watch goes on from there. */
  readonly resourceVersion: string
  /** Undefined for the last page. */
  readonly continueToken: string | undefined
}

/** What is asked of a watch: the changes since a resource version, for so many seconds. */
export interface WatchRequest {
  readonly resourceVersion: string
  readonly timeoutSeconds: number
}

/** One change, as the API server tells it. Types unknown here are to be passed over. */
export interface WatchEvent {
  readonly type: string
  /** The object; for ERROR a Status; for BOOKMARK nothing but a resource version. */
  readonly object: JsonObject
}

/** Where the objects of one kind come from. Everything ends with a rejection soon after its signal is aborted. */
export interface Source {
  /** Reads a page. Rejects with a {@link StatusError} where the API server says no. */
  list(request: ListRequest, signal: AbortSignal): Promise<Page>
  /** Resolves once the API server has accepted the watch; the events end when it closes it. */
  watch(request: WatchRequest, signal: AbortSignal): Promise<AsyncIterable<WatchEvent>>
}

/** An answer of the API server other than success: an HTTP status or a Status object in a watch. */
export class StatusError extends Error {
  override readonly name = 'StatusError'
  /** As in HTTP: 403 forbidden, 404 no such resource, 410 too old a resource version. */
  readonly code: number

  constructor(code: number, message: string) {
    super(message === '' ? `status ${code}` : `status ${code}: ${message}`)
    this.code = code
  }
}

/** Whether an error is an answer of the API server with this code. */
export function hasStatus(error: unknown, code: number): boolean {
  return error instanceof StatusError && error.code === code
}
