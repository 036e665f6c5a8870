import type { ServerOptions } from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import type { KeyPair } from './certificate.ts'

// What TLS 1.3 has, which is taken where the client can, and of TLS 1.2 what has forward secrecy and authenticates what
// it encrypts; Go's defaults include them. Over them there is HTTP/1.1 only, the ALPN protocol of node:https: the API
// server asks webhooks for nothing else, so that its calls spread over replicas (k8s.io/apiserver,
// pkg/util/webhook/client.go, https://issue.k8s.io/75791).
const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':')

/** What connections are secured with. */
export interface Trust {
  readonly keyPair: KeyPair
  /** PEM of the authorities of client certificates; undefined: clients are not asked for one. */
  readonly ca: string | undefined
}

/** The TLS settings of the webhook's port: TLS 1.3, or 1.2 for who cannot. */
export function secureContext({ keyPair: { cert, key }, ca }: Trust): ServerOptions & SecureContextOptions {
  const own = { cert, key, ciphers, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const
  return ca === undefined ? own : { ...own, ca, requestCert: true, rejectUnauthorized: true }
}
