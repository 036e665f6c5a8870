import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { type Watch, watchContent } from './watch.ts'

/** A serving certificate with its private key, both PEM. The certificate may be followed by its issuers. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
  /** When the certificate expires. */
  readonly validTo: Date
}

const validDays = 365
const dayMs = 86_400_000

// The API server's clock may be behind ours.
const skewMs = 3_600_000

/**
 * Makes a certificate for DNS names and IP addresses (ECDSA P-256, one year). It signs itself and may do so: the same
 * PEM is the `caBundle` of the webhook configuration.
 */
export async function selfSignedCertificate(names: readonly string[], now: Date): Promise<KeyPair> {
  // Loaded on demand: it is large, and most installations bring their certificate.
  const { generate } = await import('selfsigned')
  // Authorities are looked up by their subject: in a bundle of an old and a new one they must not have the same.
  const subject = [{ name: 'commonName', value: `holdfast ${randomUUID()}` }]
  const { cert, private: key } = await generate(subject, {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - skewMs),
    notAfterDate: new Date(now.getTime() + validDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  })
  return checkKeyPair(cert, key)
}

/**
 * Reads a key pair from files.
 *
 * @throws where a file cannot be read, is not whole, or the two do not belong together.
 */
export async function loadKeyPair(certFile: string, keyFile: string): Promise<KeyPair> {
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
  return checkKeyPair(cert, key)
}

function checkKeyPair(cert: string, key: string): KeyPair {
  const certificate = parsed('certificate', () => new X509Certificate(cert))
  const privateKey = parsed('private key', () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey)) throw new Error('the private key does not belong to the certificate')
  // The chain behind the first certificate is only read here.
  parsed('certificate chain', () => createSecureContext({ cert, key }))
  return { cert, key, validTo: certificate.validToDate }
}

function parsed<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    throw new Error(`the ${what} is no valid PEM`, { cause })
  }
}

export interface WatchOptions {
  readonly certFile: string
  readonly keyFile: string
  readonly intervalMs: number
  /** The pair in use, which is no change. Without it the first pair that is read is one. */
  readonly current?: KeyPair
  readonly onChange: (pair: KeyPair) => void
  /** Called once for each problem, not again while it lasts. The pair in use stays in use. */
  readonly onError: (error: unknown) => void
}

/** Watches a key pair by its content, as {@link watchContent} does. */
export function watchKeyPair({ certFile, keyFile, ...options }: WatchOptions): Watch {
  return watchContent({
    ...options,
    read: () => loadKeyPair(certFile, keyFile),
    same: (one, other) => one.cert === other.cert && one.key === other.key,
  })
}
