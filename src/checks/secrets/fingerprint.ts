import { createHmac } from 'node:crypto'

/** Tells values apart without showing them: one value, one fingerprint. */
export type Fingerprint = (value: string) => string

/** Every fingerprint has this form. */
export const fingerprintPattern = '^[0-9a-f]{8}$'

/** The fewest characters of a key: what 128 random bits take as hex digits (`openssl rand -hex 16`). */
export const shortestKey = 32

const digits = 8

/**
 * Makes fingerprints under an installation's own key: the first eight hex digits of HMAC-SHA256. A plain hash of a weak
 * password can be looked up in a table; without the key this one cannot. Eight digits tell the few credentials of an
 * installation apart, and are too few to check a guess at a good one.
 */
export function fingerprintWith(key: string): Fingerprint {
  return (value) => createHmac('sha256', key).update(value).digest('hex').slice(0, digits)
}
