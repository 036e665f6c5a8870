import { kinds, type SecretKind } from './kind.ts'

interface Magic {
  readonly bytes: readonly (number | undefined)[]
  readonly kind: SecretKind
  readonly source: string
}

/** How binary key files begin; undefined stands for any byte (a length). */
export const keystoreMagics: readonly Magic[] = [
  {
    bytes: [0xfe, 0xed, 0xfe, 0xed],
    kind: kinds.keystore,
    source: 'Java KeyStore: sun.security.provider.JavaKeyStore',
  },
  { bytes: [0xce, 0xce, 0xce, 0xce], kind: kinds.keystore, source: 'JCEKS: com.sun.crypto.provider.JceKeyStore' },
  {
    bytes: [0x30, 0x82, undefined, undefined, 0x02, 0x01, 0x03],
    kind: kinds.keystore,
    source: 'PKCS #12 (RFC 7292, section 4): SEQUENCE { INTEGER 3, … }',
  },
  {
    bytes: [0x30, 0x80, 0x02, 0x01, 0x03],
    kind: kinds.keystore,
    source: 'PKCS #12 in BER with an indefinite length (RFC 7292, section 4)',
  },
  {
    bytes: [0x30, 0x82, undefined, undefined, 0x02, 0x01, 0x00, 0x30],
    kind: kinds.privateKey,
    source: 'PKCS #8 (RFC 5958): SEQUENCE { INTEGER 0, AlgorithmIdentifier, … }',
  },
  {
    bytes: [0x30, 0x82, undefined, undefined, 0x02, 0x01, 0x00, 0x02],
    kind: kinds.privateKey,
    source: 'PKCS #1 (RFC 8017, appendix A.1.2): SEQUENCE { INTEGER 0, INTEGER n, … }',
  },
]

/** The sort of key file that bytes begin like, if any. */
export function keystoreOf(bytes: Uint8Array): SecretKind | undefined {
  if (bytes.length < 64) return undefined
  return keystoreMagics.find((magic) => magic.bytes.every((byte, index) => byte === undefined || byte === bytes[index]))
    ?.kind
}
