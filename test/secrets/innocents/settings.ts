import type { SettingType } from '../generator/document.ts'
import { fill } from '../generator/pattern.ts'
import { settingOf } from '../generator/setting.ts'
import { identifierRows } from './identifiers.ts'
import { type InnocentRow, referenceRows } from './references.ts'

/** Settings whose names speak of credentials and whose values are none. */
const rows: readonly InnocentRow[] = [
  ...referenceRows,
  ...identifierRows,
  [
    'switch',
    ['password/required', 'auth/use-token', 'ldap/password-enabled', 'secret/rotation-enabled', 'token/auth'],
    ['true', 'false', 'enabled', 'required'],
  ],
  [
    'number-of-tokens',
    [
      'model/max-tokens',
      'llm/max-total-tokens',
      'token/ttl',
      'token/expiry-seconds',
      'password/min-length',
      'password/max-age-days',
      'secret/rotation-days',
      'rate/tokens-per-second',
    ],
    ['{int:1-9999}', '{int:1-90}d', '{int:1-99}h'],
  ],
  [
    'file-path',
    [
      'db/password-file',
      'tls/key-file',
      'tls/private-key',
      'auth/token-file',
      'tls/key',
      'oauth/client-secret-file',
      'ssl/key-path',
      'aws/web-identity-token-file',
    ],
    [
      '/run/secrets/{word}',
      '/etc/{word}/tls/tls.key',
      '/var/run/secrets/tokens/{word}-token',
      './certs/server.key',
      '/vault/secrets/{word}.txt',
    ],
  ],
  [
    'secret-name',
    [
      'db/secret-name',
      'tls/secret',
      'image/pull-secret',
      'database/existing-secret',
      'auth/secret-ref',
      'ingress.tls/secret-name',
      'backup/credentials-secret',
    ],
    ['{word}-{word}', '{word}-tls', '{word}-db-credentials', '{word}-registry-pull'],
  ],
  [
    'secret-key-name',
    ['database/password-key', 'db/user-password-key', 'secret/key', 'admin/password-secret-key'],
    ['password', 'db-password', 'admin-password', '{word}-password', 'token'],
  ],
  [
    'tokenizer',
    ['model/tokenizer', 'model/pad-token', 'model/eos-token', 'model/bos-token', 'tokenizer/name'],
    ['bert-base-uncased', '[PAD]', '</s>', '<s>', '{word}/{word}-7b-instruct'],
  ],
  [
    'csrf-setting',
    ['csrf/token-name', 'csrf/cookie-name', 'csrf/header-name', 'session/cookie', 'xsrf/token-header'],
    ['X-CSRF-TOKEN', 'XSRF-TOKEN', 'csrftoken', '_csrf', 'JSESSIONID'],
  ],
  ['server-tokens', ['nginx/server-tokens', 'apache/server-tokens'], ['off', 'Prod', 'on']],
  [
    'token-url',
    ['oauth/token-url', 'oidc/token-endpoint', 'auth/token-uri', 'oauth2/token-info-url', 'password/reset-url'],
    ['https://login.{host}/oauth2/token', 'https://{host}/realms/{word}/protocol/openid-connect/token'],
  ],
  [
    'token-kind',
    [
      'token/type',
      'auth/token-format',
      'secret/type',
      'password/encoder',
      'password/encryption',
      'auth/method',
      'password/hash-algorithm',
    ],
    ['Bearer', 'jwt', 'opaque', 'bcrypt', 'scram-sha-256', 'kubernetes', 'Opaque'],
  ],
  [
    'key-of-map',
    [
      'label/key',
      'partition/key',
      'sort/key',
      'cache/key',
      'message/routing-key',
      'primary/key',
      'group/by-key',
      'annotation/key',
      'topology/key',
    ],
    ['app.kubernetes.io/name', 'topology.kubernetes.io/zone', '{word}_id', '{word}.{word}.created', 'tenant_id'],
  ],
  [
    'text-about-passwords',
    ['label/password', 'message/password-reset', 'help/token', 'placeholder/api-key'],
    [
      'Enter your password',
      'Your password was changed',
      'The token has expired',
      'Password must have at least 8 characters',
    ],
  ],
  [
    'certificate-name',
    ['tls/cert', 'ca/bundle', 'ssl/certificate', 'client/ca-file'],
    ['/etc/ssl/certs/ca-certificates.crt', 'tls.crt', '/etc/{word}/ca.pem'],
  ],
  [
    'schedule',
    ['secret/rotation-schedule', 'token/cleanup-cron', 'password/expiry-cron'],
    ['0 {int:0-9} * * *', '*/{int:5-30} * * * *', '@daily'],
  ],
]

/** Settings that look like credentials and are none. */
export const innocentSettings: readonly SettingType[] = rows.map(([type, names, values]) => ({
  type: `innocent-${type}`,
  spread: 14,
  make: (random) => {
    const name = random.pick(names)
    const value = fill(random.pick(values), random)
    // `csi.storage.k8s.io/…` is one name whose dots are no sections, and it stands as it is.
    return name.startsWith('csi.') ? { group: [], words: [name], value } : settingOf(name, value)
  },
}))
