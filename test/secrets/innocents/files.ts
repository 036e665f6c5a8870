import { createPublicKey } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { armored, ed25519Key, ellipticKey, rsaKey } from '../credentials/key-files.ts'
import type { BlockType } from '../generator/document.ts'
import { fill } from '../generator/pattern.ts'
import type { Random } from '../generator/random.ts'
import { listFiles } from './list-files.ts'
import { textFiles } from './text-files.ts'

type Row = readonly [type: string, file: string, make: (random: Random) => string]

/** A certificate as it looks: a DER sequence in PEM. What is in it does not matter to whoever looks for keys. */
const certificate = (random: Random): string =>
  armored(
    'CERTIFICATE',
    Buffer.concat([Buffer.from([0x30, 0x82, 3, 0x20, 0x30, 0x82, 2, 8, 0xa0, 3, 2, 1, 2]), random.bytes(780)]),
  )

const publicPem = (random: Random): string =>
  String(createPublicKey(ellipticKey(random)).export({ format: 'pem', type: 'spki' }))

/** The half of a key that everybody may know, as JSON. */
const publicJwk = (random: Random): unknown => ({
  ...createPublicKey(rsaKey(random)).export({ format: 'jwk' }),
  kid: fill('{base64url:27}', random),
  use: 'sig',
})

const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64')

const times = (random: Random, count: number, pattern: string): string =>
  Array.from({ length: count }, () => fill(pattern, random)).join('')

/** Public halves, images, archives and long lists: files that are made of encoded bytes and are no credentials. */
const made: readonly Row[] = [
  ['ca-certificate', 'ca.crt', certificate],
  [
    'ca-bundle',
    'ca-bundle.pem',
    (random) => Array.from({ length: 4 }, (_, index) => `# Root ${index + 1}\n${certificate(random)}`).join(''),
  ],
  [
    'ca-base64',
    'values.yaml',
    (random) => `webhook:\n  failurePolicy: Fail\n  caBundle: ${base64(certificate(random))}\n`,
  ],
  ['public-key', 'jwt.pub', publicPem],
  [
    'public-key-pgp',
    'keyring.asc',
    (random) => armored('PGP PUBLIC KEY BLOCK', Buffer.concat([Buffer.from([0x99, 1, 0x0d]), random.bytes(420)]), '\n'),
  ],
  ['signature-pgp', 'SHA256SUMS.asc', (random) => armored('PGP SIGNATURE', random.bytes(300), '\n')],
  ['certificate-request', 'server.csr', (random) => armored('CERTIFICATE REQUEST', random.bytes(400))],
  ['dh-parameters', 'dhparam.pem', (random) => armored('DH PARAMETERS', random.bytes(268))],
  ['jwks', 'jwks.json', (random) => `${JSON.stringify({ keys: [publicJwk(random), publicJwk(random)] }, null, 2)}\n`],
  [
    'ssh-known-hosts',
    'ssh_known_hosts',
    (random) =>
      times(
        random,
        6,
        '{host} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{base64:43}\n{host},{ip} ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ{base64:370}\n',
      ),
  ],
  [
    'ssh-authorized-keys',
    'authorized_keys',
    (random) => times(random, 4, 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{base64:43} {word}@{word}\n'),
  ],
  [
    'image-base64',
    'logo.txt',
    (random) =>
      `data:image/png;base64,${base64(Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), random.bytes(1800)]))}`,
  ],
  [
    'image-in-css',
    'theme.css',
    (random) =>
      `.logo {\n  background: url("data:image/svg+xml;base64,${base64(fill('<svg xmlns="http://www.w3.org/2000/svg" width="{int:10-99}"><path d="M{int:1-99} {int:1-99}h{int:1-99}v{int:1-99}z"/></svg>', random))}");\n}\n`,
  ],
  [
    'font-base64',
    'fonts.css',
    (random) =>
      `@font-face {\n  src: url(data:font/woff2;base64,${base64(Buffer.concat([Buffer.from('774f463200010000', 'hex'), random.bytes(2400)]))}) format("woff2");\n}\n`,
  ],
  [
    'configuration-gzip',
    'release',
    (random) =>
      base64(gzipSync(times(random, 30, 'name: {word}\nversion: {version}\nhost: {host}\nsha256: {hex:64}\n'))),
  ],
  ['random-bytes', 'model.bin.b64', (random) => base64(random.bytes(3000))],
  ['public-key-certificate-pair', 'tls.crt', (random) => certificate(random) + publicPem(random)],
  [
    'public-ed25519',
    'cosign.pub',
    (random) => String(createPublicKey(ed25519Key(random)).export({ format: 'pem', type: 'spki' })),
  ],
  [
    'comment-of-key',
    'README.md',
    (random) =>
      fill(
        'Put the key into `tls.key`; it begins with\n\n    -----BEGIN PRIVATE KEY-----\n    ...\n    -----END PRIVATE KEY-----\n\nand is issued for {host}.\n',
        random,
      ),
  ],
  [
    'key-template',
    'tls.yaml',
    () => 'tls.key: |\n  -----BEGIN RSA PRIVATE KEY-----\n  {{ .Values.tls.key }}\n  -----END RSA PRIVATE KEY-----\n',
  ],
  [
    'minified-script',
    'app.min.js',
    (random) =>
      times(
        random,
        60,
        'function {letters:1}({lower:1},{lower:1}){return {lower:1}.{word}("{alnum:6}",{int:1-999})?{lower:1}.key:this._{word}Token({lower:1})}var {letters:2}={hash:"{hex:20}",k:{int:1-99}};',
      ),
  ],
  ['key-value-dump', 'keys.txt', (random) => times(random, 30, 'key={word}:{word}:{int:1-999}\n')],
  ['certificate-fingerprints', 'pins.yaml', (random) => `pins:\n${times(random, 5, '  - sha256/{base64:43}=\n')}`],
]

/** Files that hold no credential, though parts of them look like one. */
export const innocentFiles: readonly BlockType[] = [
  ...made.map(([type, file, make]) => ({
    type: `innocent-${type}`,
    spread: 8,
    make: (random: Random) => ({ file, text: make(random) }),
  })),
  ...[...textFiles, ...listFiles].map(([type, file, pattern]) => ({
    type: `innocent-${type}`,
    spread: 8,
    make: (random: Random) => ({ file, text: fill(pattern, random) }),
  })),
]
