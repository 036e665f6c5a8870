import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createSecureContext, type TLSSocket } from 'node:tls'
import type { Logger } from '../telemetry/logger.ts'
import type { RefusalMetrics } from '../telemetry/refusal-metrics.ts'
import { Refusal, refuse } from './answer.ts'

/** Who may call the webhook: those with a certificate from these authorities. */
export interface ClientAuthority {
  /** PEM of the authorities that sign client certificates. */
  readonly ca: string
  /** Common names or DNS names of which a certificate must have one; none: any certificate of the authorities will do. */
  readonly names: readonly string[]
}

/**
 * Reads the authorities of client certificates.
 *
 * @throws where the file cannot be read, or is not made of certificates in PEM.
 */
export async function loadClientCa(file: string): Promise<string> {
  const ca = await readFile(file, 'utf8')
  try {
    // The first one by itself: a context takes a text without any certificate, and then trusts nobody.
    void new X509Certificate(ca)
    createSecureContext({ ca })
  } catch (cause) {
    throw new Error('the client authority is no valid PEM', { cause })
  }
  return ca
}

// Whether the certificate that a client has presented, which its authority vouches for, has one of the names.
function isAccepted(socket: TLSSocket, names: readonly string[]): boolean {
  if (names.length === 0) return true
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return false
  // Two common names make an array, which no name is equal to.
  const commonName: unknown = certificate.toLegacyObject().subject.CN
  return names.some((name) => name === commonName || hasDnsName(certificate, name))
}

function hasDnsName(certificate: X509Certificate, name: string): boolean {
  return certificate.checkHost(name, { subject: 'never', wildcards: false, partialWildcards: false }) !== undefined
}

/** What a TLS handshake failed for: the client's certificate is missing, or not from the authority. */
export function failedByCertificate(error: Error, { authorizationError }: TLSSocket): boolean {
  const code = 'code' in error ? error.code : undefined
  return code === 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE' || Boolean(authorizationError)
}

/** Lets in whose certificate has an accepted name. */
export interface ClientGate {
  readonly listener: RequestListener
  /** To be told of each TLS connection. */
  readonly connected: (socket: TLSSocket) => void
}

export interface GateOptions {
  readonly logger: Logger
  readonly metrics: RefusalMetrics
}

/** Puts itself in front of a listener: a certificate of the authority is not enough, it must have one of the names. */
export function clientGate(
  { names }: ClientAuthority,
  listener: RequestListener,
  { logger, metrics }: GateOptions,
): ClientGate {
  const strangers = new WeakSet<object>()
  return {
    connected(socket) {
      if (!isAccepted(socket, names)) strangers.add(socket)
    },
    listener(request, response) {
      if (!strangers.has(request.socket)) {
        listener(request, response)
        return
      }
      metrics.refused('client_certificate')
      logger.debug({ accepted: names }, 'client certificate without an accepted name')
      response.setHeader('connection', 'close')
      refuse(request, response, new Refusal(403, 'the client certificate does not have an accepted name'))
    },
  }
}
