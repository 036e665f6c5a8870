import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from './limits.ts'
import { scanEntries, type SecretEntry } from './scan.ts'

// No token here is written out in one piece: scanners of this repository would take it for a real one.
const random = (length: number): string => 'q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gs'.repeat(4).slice(0, length)
const hex = (length: number): string => '9f3a61c07be84d25'.repeat(8).slice(0, length)
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const join = (...parts: readonly string[]): string => parts.join('')
const awsId = join('AKIA', 'IOSFODNN7EXAMPLE')
const awsSecret = join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY')
const githubToken = join('ghp', '_', random(36))
const begin = (label: string): string => join('-----BEGIN ', label, '-----')
const material = join(random(64), '\n', random(64))
const jwt = [base64('{"alg":"HS256"}'), base64('{"sub":"1234"}'), random(43)].join('.').replaceAll('=', '')

function scan(key: string, value: string, encoding?: SecretEntry['encoding']): readonly string[] {
  const entry = { path: `/data/${key}`, key, value }
  const matches = scanEntries([encoding === undefined ? entry : { ...entry, encoding }])
  return matches.filter((match) => match.confidence !== 'low').map((match) => match.kind)
}

const found: readonly (readonly [what: string, key: string, value: string, kind: string])[] = [
  ['an AWS access key ID', 'AWS_ACCESS_KEY_ID', awsId, 'aws-access-key'],
  ['an AWS secret key', 'AWS_SECRET_ACCESS_KEY', awsSecret, 'aws-secret-key'],
  ['a weak S3 secret key', 'AWS_SECRET_ACCESS_KEY', 'litmus', 'password-literal'],
  ['a GitHub token', 'app.env', `PORT=1\nGH=${githubToken}`, 'github-token'],
  ['a GitHub token in base64', 'blob', base64(githubToken), 'github-token'],
  ['a GitHub token in base64, twice', 'blob', base64(base64(`token is ${githubToken}`)), 'github-token'],
  [
    'a GitHub token in folded base64',
    'blob',
    base64(`${'a line of text\n'.repeat(9)}${githubToken}`).replaceAll(/.{76}/g, '$&\n'),
    'github-token',
  ],
  ['a GitHub token in base64 after plain words', 'blob', `some words\n${base64(githubToken)}`, 'github-token'],
  ['a PEM private key', 'tls.key', `${begin('RSA PRIVATE KEY')}\n${material}`, 'private-key'],
  ['a PEM key in JSON', 'a.json', JSON.stringify({ a: `${begin('PRIVATE KEY')}\n${material}` }), 'private-key'],
  ['an OpenPGP key', 'a.asc', `${begin('PGP PRIVATE KEY BLOCK')}\n\n${material}`, 'private-key'],
  ['a PuTTY key', 'a.ppk', join('PuTTY-User-Key-', 'File-3: ssh-ed25519\nPrivate-Lines: 1\nx'), 'private-key'],
  [
    'an age key',
    'keys.txt',
    join('AGE-SECRET-', 'KEY-1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)),
    'age-key',
  ],
  ['a JSON Web Token', 'a', `auth ${jwt}`, 'jwt'],
  ['a URL with a password', 'DATABASE_URL', 'postgres://user:pa55@host/db', 'url-credentials'],
  ['a Redis URL without a user', 'REDIS', 'redis://:s3cr3tpw@redis:6379/0', 'url-credentials'],
  ['a MySQL driver DSN', 'DSN', 'app:s3cr3tpw@tcp(db:3306)/app', 'url-credentials'],
  ['a token in a query', 'HOOK', `https://host/a?x=1&access_token=${random(32)}`, 'url-token'],
  ['a weak password', 'POSTGRES_PASSWORD', 'admin123', 'password-literal'],
  [
    'a password nested in YAML',
    'application.yaml',
    'spring:\n  datasource:\n    password: tulip9\n',
    'password-literal',
  ],
  ['a value under a password', 'a.yaml', 'password:\n  value: tulip9\n', 'password-literal'],
  ['a block scalar', 'a.yaml', 'dbPassword: |\n  tulip9\nport: 1\n', 'password-literal'],
  ['name and value', 'a.yaml', '- name: DB_PASSWORD\n  value: tulip9\n', 'password-literal'],
  ['a flow mapping', 'a.yaml', 'db: {user: app, password: tulip9}', 'password-literal'],
  ['properties', 'a.properties', 'spring.datasource.password=tulip9', 'password-literal'],
  ['INI', 'a.ini', '[db]\npassword = tulip9\n', 'password-literal'],
  ['TOML', 'a.toml', '[db]\npassword = "tulip9"\n', 'password-literal'],
  ['JSON', 'a.json', '{"db":{"password":"tulip9"}}', 'password-literal'],
  ['JSON in JSON', 'a.json', JSON.stringify({ body: JSON.stringify({ password: 'tulip9' }) }), 'password-literal'],
  ['a file in JSON', 'a.json', JSON.stringify({ 'a.yml': 'x: 1\npassword: tulip9\n' }), 'password-literal'],
  ['a connection string', 'DB', 'Server=db;Database=a;User Id=sa;Password=tulip9;', 'password-literal'],
  ['shell', 'run.sh', "#!/bin/sh\nexport DB_PASSWORD='tulip9'\n", 'password-literal'],
  ['an XML element', 'settings.xml', '<server><password>tulip9</password></server>', 'password-literal'],
  ['an XML pair', 'a.xml', '<name>db.password</name>\n<value>tulip9</value>', 'password-literal'],
  ['redis.conf', 'redis.conf', 'port 6379\nrequirepass tulip9\n', 'password-literal'],
  ['a flag', 'run.sh', 'server --password tulip9 --port 1', 'password-literal'],
  ['curl', 'run.sh', 'curl -fsS -u admin:tulip9 https://host/', 'command-password'],
  ['a literal token', 'API_TOKEN', random(32), 'secret-literal'],
  ['a hex key', 'PARTNER_API_KEY', hex(32), 'secret-literal'],
  ['an htpasswd line', 'auth', join('bob:$2', 'y$10$', random(53)), 'password-hash'],
  ['a registry login', 'config.json', `{"auths":{"r":{"auth":"${base64('ci:tulip9')}"}}}`, 'registry-auth'],
  ['a Basic header', 'a.conf', `Authorization: Basic ${base64('ci:tulip9')}`, 'authorization-header'],
  ['SQL', 'init.sql', "CREATE USER app IDENTIFIED BY 'tulip9';", 'sql-password'],
  ['an embedded Secret', 'a.yaml', 'apiVersion: v1\nkind: Secret\ndata:\n  blob: dHVsaXA5\n', 'secret-manifest'],
]

describe('scanEntries finds', () => {
  test.each(found)('%s', (_what, key, value, kind) => {
    expect(scan(key, value)).toContain(kind)
  })

  test.each([
    ['a Java keystore', Buffer.from([0xfe, 0xed, 0xfe, 0xed, ...Buffer.alloc(80)]), 'keystore'],
    ['a PKCS #12 keystore', Buffer.from([0x30, 0x82, 9, 9, 2, 1, 3, ...Buffer.alloc(80)]), 'keystore'],
    ['a PKCS #8 key', Buffer.from([0x30, 0x82, 9, 9, 2, 1, 0, 0x30, ...Buffer.alloc(80)]), 'private-key'],
    ['text', Buffer.from('DB_PASSWORD=tulip9\n'), 'password-literal'],
    ['gzip', gzipSync(`token: ${githubToken}`), 'github-token'],
  ] as const)('%s in binaryData', (_what, bytes, kind) => {
    expect(scan('blob', bytes.toString('base64'), 'base64')).toContain(kind)
  })
})

const clean: readonly (readonly [what: string, key: string, value: string])[] = [
  ['a CA certificate', 'ca.crt', `${begin('CERTIFICATE')}\n${material}\n`],
  ['a public key', 'key.pub', `${begin('PUBLIC KEY')}\n${material}\n`],
  ['an SSH public key', 'authorized_keys', `ssh-rsa ${random(100)} bob@host`],
  ['a mention of a key', 'README', `paste it below ${begin('PRIVATE KEY')} and save`],
  ['an image digest', 'IMAGE', `registry.example.com/app@sha256:${hex(64)}`],
  ['a UUID', 'CLUSTER_ID', '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'],
  ['a git SHA', 'REVISION', hex(40)],
  ['a shell variable', 'DB_PASSWORD', '${PLACEHOLDER}'],
  ['a Helm value', 'a.yaml', 'password: {{ .Values.password }}\n'],
  ['a dependent variable', 'DB_PASSWORD', '$(VAR)'],
  ['angle brackets', 'DB_PASSWORD', '<password>'],
  ['changeme', 'DB_PASSWORD', 'changeme'],
  ['changeme in base64', 'DB_PASSWORD', base64('changeme')],
  ['a reference', 'a.yaml', 'password: vault:secret/data/db#password\n'],
  ['a file', 'POSTGRES_PASSWORD_FILE', '/run/secrets/db'],
  ['a path', 'DB_PASSWORD', '/run/secrets/db'],
  ['the name of a Secret', 'secretName', 'db-credentials'],
  ['the name of a Secret under a password', 'dbPassword', 'orders-db-password'],
  ['nginx server tokens', 'server-tokens', 'false'],
  ['a token limit', 'MAX_TOTAL_TOKENS', '4096'],
  ['a CSI secret reference', 'csi.storage.k8s.io/provisioner-secret-name', 'rook-csi-rbd-provisioner'],
  ['a URL without user information', 'URL', 'https://user@host:8080/a?b=c'],
  ['a templated URL', 'URL', 'postgres://${USER}:${PASSWORD}@host/db'],
  [
    'Flink',
    'flink-conf.yaml',
    'jobmanager.rpc.address: flink-jobmanager\nstate.checkpoints.dir: s3://my-bucket/checkpoints\n',
  ],
  ['a word', 'FOO', 'bar'],
  ['a setting', 'GREAT', 'true'],
  ['a password policy', 'a.properties', 'password.min.length=8\npassword.require.special=true\n'],
  ['a translation', 'messages.properties', 'login.password=Passwort\n'],
  ['a schema', 'openapi.yaml', 'password:\n  type: string\n  format: password\n'],
  ['code that reads a password', 'a.py', 'password = os.environ["DB_PASSWORD"]\n'],
  ['a comment', 'a.env', '# DB_PASSWORD=tulip9\n'],
  ['a flag in a comment', 'run.sh', '### --password should win over the file\n'],
  ['a synopsis', 'run.sh', 'echo "[--credential yes|no][--exportdir PATH]"\n'],
  ['a package version', 'package.json', '{"getpass": "^0.1.1"}'],
  ['proxy_pass', 'nginx.conf', 'proxy_pass http://backend;\n'],
  ['nsswitch', 'nsswitch.conf', 'passwd: files ldap\n'],
  ['a publishable key', 'STRIPE_KEY', join('pk', '_live_', random(24))],
  ['text in base64', 'notes', base64('The quick brown fox jumps over the lazy dog')],
]

describe('scanEntries is quiet about', () => {
  test.each(clean)('%s', (_what, key, value) => {
    expect(scan(key, value)).toEqual([])
  })
})

describe('scanEntries tells', () => {
  test('the line, the name and the layers', () => {
    const value = `a: 1\ndb:\n  password: tulip9\nblob: ${base64(`x\n${githubToken}`)}\n`
    expect(scanEntries([{ path: '/data/a', key: 'a', value }])).toEqual([
      {
        path: '/data/a',
        kind: 'password-literal',
        title: 'a literal password',
        confidence: 'medium',
        line: 3,
        innerKey: 'password',
        wrapped: 0,
      },
      {
        path: '/data/a',
        kind: 'github-token',
        title: 'a GitHub token',
        confidence: 'high',
        line: 4,
        innerKey: undefined,
        wrapped: 1,
      },
    ])
  })

  test.each([
    ['four layers of base64', base64(base64(base64(base64(githubToken)))), undefined],
    ['a gzip bomb', gzipSync(Buffer.alloc(limits.decodedBytes + 1, 'a')).toString('base64'), 'base64'],
    ['a value that is too long', 'a '.repeat(limits.valueLength / 2 + 1), undefined],
  ] as const)('that it stopped: %s', (_what, value, encoding) => {
    expect(scan('a', value, encoding)).toEqual(['scan-incomplete'])
  })

  test('that there are more matches than it keeps', () => {
    const kinds = scan('a', 'password: tulip9\n'.repeat(limits.matches + 5))
    expect(kinds).toHaveLength(limits.matches + 1)
    expect(kinds.at(-1)).toBe('scan-incomplete')
  })

  test('documentation keys in a file that is called an example with low confidence', () => {
    const value = `aws_access_key_id = ${awsId}\n`
    expect(scan('example.ini', value)).toEqual([])
    expect(scan('credentials.ini', value)).toEqual(['aws-access-key'])
  })
})

describe('scanEntries', () => {
  const values = [awsSecret, githubToken, material, jwt, random(32), hex(32)]
  const carriers: readonly ((value: string) => string)[] = [
    (value) => value,
    (value) => `password: ${value}\n`,
    (value) => `${value}_password=${value}`,
    (value) => `{"${value}":{"token":"${value}"}}`,
    (value) => `<password>${value}</password><name>${value}</name><value>${value}</value>`,
    (value) => `postgres://app:${value}@db/${value}?token=${value}`,
    (value) => base64(`api_key=${value}`),
  ]

  test.each(values.flatMap((value) => carriers.map((carrier) => [value, carrier(value)] as const)))(
    'shows no part of a value (%#)',
    (value, text) => {
      const output = JSON.stringify(scanEntries([{ path: '/data/a', key: 'a', value: text }]))
      for (let at = 0; at + 5 <= value.length; at += 1) expect(output).not.toContain(value.slice(at, at + 5))
    },
  )

  test('never throws and says the same again', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'password',
        ':',
        '=',
        '"',
        '\\"',
        "'",
        '\n',
        ' ',
        '<a>',
        '</a>',
        '://',
        '@',
        'eyJ',
        base64('password: x'),
      ),
    )
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, fc.boolean(), (key, value, encoded) => {
        const entries = [{ path: '/data/a', key, value, encoding: encoded ? 'base64' : 'text' } as const]
        expect(scanEntries(entries)).toEqual(scanEntries(entries))
      }),
      { numRuns: 500 },
    )
  })
})
