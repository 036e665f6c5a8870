import { generate } from 'selfsigned'

/** A certificate and its key, as PEM. */
export interface Client {
  readonly cert: string
  readonly key: string
}

/** An authority that issues certificates for clients. */
export interface Authority extends Client {
  issue(commonName: string, dnsName?: string): Promise<Client>
}

const ecdsa = { keyType: 'ec', algorithm: 'sha256' } as const

/** Makes an authority. */
export async function authority(name: string): Promise<Authority> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    ...ecdsa,
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  })
  return {
    cert,
    key,
    async issue(commonName, dnsName) {
      const pem = await generate([{ name: 'commonName', value: commonName }], {
        ...ecdsa,
        ca: { cert, key },
        extensions: [
          { name: 'extKeyUsage', clientAuth: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: dnsName ?? 'no.such.name' }] },
        ],
      })
      return { cert: pem.cert, key: pem.private }
    },
  }
}
