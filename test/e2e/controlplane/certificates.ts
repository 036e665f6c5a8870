import { generateKeyPairSync } from 'node:crypto'
import { generate } from 'selfsigned'

/** A private key and the certificate of its public key, both PEM. */
export interface KeyPair {
  readonly key: string
  readonly certificate: string
}

const DAY_MS = 24 * 60 * 60 * 1000
const LIFETIME_MS = 7 * DAY_MS

/** A certificate authority for one control plane, good for a week. */
export async function createAuthority(): Promise<KeyPair> {
  const pem = await generate([{ name: 'commonName', value: 'holdfast-e2e' }], {
    ...validity(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  })
  return { key: pem.private, certificate: pem.cert }
}

/** A server's certificate for 127.0.0.1 and localhost, signed by the authority, or by itself where none is given. */
export async function issueServerCertificate(authority?: KeyPair): Promise<KeyPair> {
  const pem = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...validity(),
    ...(authority && { ca: { key: authority.key, cert: authority.certificate } }),
    extensions: [
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key: pem.private, certificate: pem.cert }
}

/** A client's certificate. Kubernetes reads the user's name from the common name and the groups from the organizations. */
export async function issueClientCertificate(
  authority: KeyPair,
  user: string,
  groups: readonly string[],
): Promise<KeyPair> {
  const subject = [
    ...groups.map((group) => ({ name: 'organizationName', value: escapeName(group) })),
    { name: 'commonName', value: escapeName(user) },
  ]
  const pem = await generate(subject, {
    ...validity(),
    ca: { key: authority.key, cert: authority.certificate },
    extensions: [
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', clientAuth: true },
    ],
  })
  return { key: pem.private, certificate: pem.cert }
}

/** A private key (PEM) to sign service account tokens with. */
export function createSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // kube-apiserver takes the public half from the same file, and finds it in SEC 1 form but not in PKCS #8.
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString()
}

// Elliptic-curve keys are made in a millisecond; RSA keys of a safe length take up to a second each.
function validity(): { keyType: 'ec'; algorithm: string; notBeforeDate: Date; notAfterDate: Date } {
  const now = Date.now()
  return {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + LIFETIME_MS),
  }
}

// selfsigned writes the subject as one text ("O=a, CN=b") and parses it again: RFC 4514 says what must be escaped in it.
function escapeName(value: string): string {
  return value.replaceAll(/[\\,+"<>;=#]/g, (character) => `\\${character}`)
}
