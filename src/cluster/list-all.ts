import type { JsonObject } from '../kubernetes/json.ts'
import { hasStatus, type Source } from './source.ts'
import type { WatchedKind } from './watched-kind.ts'

/** All objects of a kind, trimmed, and the moment they show. */
export interface Listing {
  readonly objects: readonly JsonObject[]
  readonly resourceVersion: string
}

// As client-go's pager: an answer of a few hundred kilobytes.
const pageSize = 500

/**
 * Lists a kind page by page, trimming each before the next one is read. Where the API server can no longer continue
 * (410: its store has moved on), everything is listed again in one answer.
 *
 * Rejects with what the source rejects with.
 */
export async function listAll(source: Source, kind: WatchedKind, signal: AbortSignal): Promise<Listing> {
  try {
    return await listPages(source, kind, pageSize, signal)
  } catch (error) {
    if (!hasStatus(error, 410)) throw error
    return listPages(source, kind, undefined, signal)
  }
}

async function listPages(
  source: Source,
  { trim }: WatchedKind,
  limit: number | undefined,
  signal: AbortSignal,
): Promise<Listing> {
  const objects: JsonObject[] = []
  let continueToken: string | undefined
  for (;;) {
    const page = await source.list({ limit, continueToken }, signal)
    for (const item of page.items) objects.push(trim(item))
    if (page.continueToken === undefined) return { objects, resourceVersion: page.resourceVersion }
    continueToken = page.continueToken
  }
}
