import type { Random } from '../generator/random.ts'
import type { Row } from '../row.ts'

/** How key stores begin: Java's, Java's with symmetric keys, and PKCS #12 (RFC 7292: version 3, then its content). */
const keystores = [
  { type: 'keystore-jks', key: 'keystore.jks', head: 'feedfeed0000000200000001000000010004' },
  { type: 'keystore-jceks', key: 'keystore.jceks', head: 'cececece0000000200000001000000010003' },
  { type: 'keystore-pkcs12', key: 'client.p12', head: '30820a2a020103308209f006092a864886f70d010701a08209e1048209dd' },
] as const

/** Key stores, as bytes in binaryData, and as base64 in data and within a YAML file. */
export function keystoreRows(randomFor: (name: string) => Random, documents: number): readonly Row[] {
  const carriers = [
    { carrier: 'file-binary', write: (key: string, encoded: string) => ({ binaryData: { [key]: encoded } }) },
    { carrier: 'file-base64', write: (key: string, encoded: string) => ({ data: { [`${key}.b64`]: encoded } }) },
    {
      carrier: 'yaml-value',
      write: (key: string, encoded: string) => ({
        data: { 'values.yaml': `tls:\n  enabled: true\n  ${key.replace('.', '_')}: ${encoded}\n` },
      }),
    },
  ]
  return keystores.flatMap(({ type, key, head }) =>
    carriers.flatMap(({ carrier, write }) =>
      Array.from({ length: documents }, (_, index) => {
        const id = `${type}/${carrier}/${index + 1}`
        const bytes = Buffer.concat([Buffer.from(head, 'hex'), randomFor(id).bytes(1200)])
        const configmap = {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'tls', namespace: 'shop' },
          ...write(key, bytes.toString('base64')),
        }
        return { id, label: 'secret' as const, type, origin: 'credential', carrier, configmap }
      }),
    ),
  )
}
