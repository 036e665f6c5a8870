import type { BlockType } from '../generator/document.ts'
import { fill } from '../generator/pattern.ts'
import type { Random } from '../generator/random.ts'
import { accountFiles } from './account-files.ts'
import { clientFiles } from './client-files.ts'
import { clusterFiles } from './cluster-files.ts'
import type { FileTemplate } from './file-template.ts'
import { armored, ed25519Key, ellipticKey, opensshKey, pem, rsaKey } from './key-files.ts'
import { serverFiles } from './server-files.ts'

type Row = readonly [type: string, file: string, make: (random: Random) => string]

const rsaHeaders = (random: Random): string =>
  fill('Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{upperhex:32}\n\n', random)

/** Private keys in every form in which they are kept as text. */
const keys: readonly Row[] = [
  [
    'private-key-pkcs8',
    'tls.key',
    (random) => pem(random.integer(0, 1) === 0 ? ed25519Key(random) : ellipticKey(random), 'pkcs8'),
  ],
  ['private-key-ec', 'server-key.pem', (random) => pem(ellipticKey(random), 'sec1')],
  ['private-key-rsa', 'id_rsa', (random) => pem(rsaKey(random), 'pkcs1')],
  ['private-key-openssh', 'id_ed25519', opensshKey],
  [
    'private-key-encrypted',
    'signing.pem',
    (random) =>
      armored('ENCRYPTED PRIVATE KEY', Buffer.concat([Buffer.from([0x30, 0x82, 1, 0x30]), random.bytes(304)])),
  ],
  [
    'private-key-rsa-encrypted',
    'old.pem',
    (random) => armored('RSA PRIVATE KEY', random.bytes(320), rsaHeaders(random)),
  ],
  [
    'private-key-pgp',
    'release.asc',
    (random) =>
      armored(
        'PGP PRIVATE KEY BLOCK',
        Buffer.concat([Buffer.from([0x95, 1, 0xd8]), random.bytes(500)]),
        'Version: GnuPG v2\n\n',
      ),
  ],
  [
    'private-key-putty',
    'deploy.ppk',
    (random) =>
      fill(
        'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: deploy\nPublic-Lines: 2\n{base64:64}\n{base64:24}\nPrivate-Lines: 1\n{base64:44}\nPrivate-MAC: {hex:64}\n',
        random,
      ),
  ],
  [
    'private-jwk',
    'jwk.json',
    (random) => `${JSON.stringify(ellipticKey(random).export({ format: 'jwk' }), null, 2)}\n`,
  ],
  ['gcp-service-account', 'credentials.json', (random) => serviceAccount(random)],
  [
    'age-identity',
    'keys.txt',
    (random) =>
      fill('# created: {day}T10:00:00Z\n# public key: age1{loweralnum:58}\nAGE-SECRET-KEY-1{bech32:58}\n', random),
  ],
]

function serviceAccount(random: Random): string {
  const project = fill('{word}-{word}-{digits:6}', random)
  const account = {
    type: 'service_account',
    project_id: project,
    private_key_id: fill('{hex:40}', random),
    private_key: pem(ellipticKey(random), 'pkcs8'),
    client_email: `deployer@${project}.iam.gserviceaccount.com`,
    client_id: fill('1{digits:20}', random),
    token_uri: 'https://oauth2.googleapis.com/token',
  }
  return `${JSON.stringify(account, null, 2)}\n`
}

const templates: readonly FileTemplate[] = [
  ...clusterFiles,
  ...clientFiles,
  ...[...accountFiles, ...serverFiles].map(([type, file, text]) => ({ type, file, text: () => text })),
]

/** Files that hold a credential in a form of their own. */
export const blockTypes: readonly BlockType[] = [
  ...keys.map(([type, file, make]) => ({
    type,
    spread: 'all' as const,
    make: (random: Random) => ({ file, text: make(random) }),
  })),
  ...templates.map(({ type, file, text }) => ({
    type,
    spread: 8,
    make: (random: Random) => ({ file, text: fill(text(random), random) }),
  })),
]
