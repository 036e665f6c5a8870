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
  {
    bytes: [0x30, 0x81, undefined, 0x02, 0x01, 0x00, 0x30],
    kind: kinds.privateKey,
    source: 'PKCS #8 (RFC 5958) of an elliptic curve: a short SEQUENCE { INTEGER 0, AlgorithmIdentifier, … }',
  },
  {
    bytes: [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65],
    kind: kinds.privateKey,
    source: 'PKCS #8 of Ed25519 and X25519 (RFC 8410, section 7)',
  },
  {
    bytes: [0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20],
    kind: kinds.privateKey,
    source: 'An elliptic curve key (RFC 5915, section 3): SEQUENCE { INTEGER 1, OCTET STRING, … }',
  },
  {
    bytes: [
      0x30,
      0x82,
      undefined,
      undefined,
      0x30,
      undefined,
      0x06,
      0x09,
      0x2a,
      0x86,
      0x48,
      0x86,
      0xf7,
      0x0d,
      0x01,
      0x05,
    ],
    kind: kinds.privateKey,
    source: 'Encrypted PKCS #8 (RFC 5958, section 3) with PKCS #5',
  },
  {
    bytes: [0x30, 0x83, undefined, undefined, undefined, 0x02, 0x01, 0x03],
    kind: kinds.keystore,
    source: 'PKCS #12 (RFC 7292, section 4) of more than 64 KiB',
  },
  { bytes: [0x03, 0xd9, 0xa2, 0x9a], kind: kinds.keystore, source: 'KeePass: https://keepass.info/help/kb/kdbx.html' },
  {
    bytes: [0x05, 0x02, 0x00, 0x00, 0x00],
    kind: kinds.keystore,
    source: 'Kerberos keytab: https://web.mit.edu/kerberos/krb5-latest/doc/formats/keytab_file_format.html',
  },
  {
    bytes: [0x00, 0x00, 0x00, undefined, 0x00, 0x00, 0x00, 0x14],
    kind: kinds.keystore,
    source: 'BKS: org.bouncycastle.jcajce.provider.keystore.bc.BcKeyStoreSpi',
  },
]

/** The sort of key file that bytes begin like, if any. */
export function keystoreOf(bytes: Uint8Array): SecretKind | undefined {
  if (bytes.length < 48) return undefined
  return keystoreMagics.find((magic) => magic.bytes.every((byte, index) => byte === undefined || byte === bytes[index]))
    ?.kind
}
