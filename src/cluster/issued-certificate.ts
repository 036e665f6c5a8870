import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'

/** A serving certificate, its key and the authority that signed it, all PEM, with what the certificate says. */
export interface IssuedCertificate {
  readonly cert: string
  readonly key: string
  readonly authority: string
  /** The DNS names it is for. */
  readonly names: readonly string[]
  readonly validFrom: Date
  readonly validTo: Date
}

const dayMs = 86_400_000

// As long as cert-manager's default; renewed when a third is left, there is a month for whatever goes wrong.
const validDays = 90

// Clocks of the cluster may differ: a certificate must not be news from the future to the API server.
const backdatedDays = 1

/**
 * Makes a certificate for DNS names (ECDSA P-256, 90 days), signed by an authority made for it alone. The authority's
 * key is thrown away: nobody can ever sign a second certificate that the API server would trust, and there is one way
 * to rotate, not one for certificates and one for authorities.
 */
export async function issueCertificate(names: readonly string[], now: Date): Promise<IssuedCertificate> {
  // Loaded on demand: it is large, and only one replica issues, six times a year.
  const { generate } = await import('selfsigned')
  const options = {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - backdatedDays * dayMs),
    notAfterDate: new Date(now.getTime() + validDays * dayMs),
  } as const
  // Authorities are looked up by their subject: in a bundle of several no two may have the same.
  const authority = await generate([{ name: 'commonName', value: `holdfast ${randomUUID()}` }], {
    ...options,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: 'holdfast' }], {
    ...options,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
  })
  const issued = readIssued(leaf.cert, leaf.private, readAuthorities(authority.cert))
  if (issued === undefined) throw new Error('the certificate that was made is not valid')
  return issued
}

/** What is made of PEM texts; undefined where they are no certificate, its key and, among others, its authority. */
export function readIssued(cert: string, key: string, authorities: readonly string[]): IssuedCertificate | undefined {
  const certificate = parsed(cert)
  if (certificate === undefined || !isKeyOf(certificate, key)) return undefined
  const authority = authorities.find((pem) => isIssuer(pem, certificate))
  if (authority === undefined) return undefined
  const { validFromDate: validFrom, validToDate: validTo, subjectAltName = '' } = certificate
  const names = subjectAltName.split(', ').flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []))
  return { cert, key, authority, names, validFrom, validTo }
}

// Longer bundles are none of ours.
const maxBundleCharacters = 100_000

/** The certificates of a bundle, each once, as PEM in one form; what is none is left out. */
export function readAuthorities(bundle: string): readonly string[] {
  const blocks = bundle.slice(0, maxBundleCharacters).split('-----END CERTIFICATE-----')
  const certificates = blocks.map((block) => parsed(`${block}-----END CERTIFICATE-----`))
  return [...new Set(certificates.filter((one) => one !== undefined).map(String))]
}

/** Whether an authority (PEM) can be of no use any more. */
export function isExpired(authority: string, now: Date): boolean {
  const certificate = parsed(authority)
  return certificate === undefined || certificate.validToDate <= now
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

function isKeyOf(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

function isIssuer(authority: string, certificate: X509Certificate): boolean {
  const issuer = parsed(authority)
  return issuer !== undefined && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}
