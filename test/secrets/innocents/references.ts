/** A kind of setting: its type, names as `section/name`, patterns of the value. */
export type InnocentRow = readonly [type: string, names: readonly string[], values: readonly string[]]

const passwords = [
  'database/password',
  'admin/password',
  'mail/smtp-password',
  'redis/password',
  'spring.datasource/password',
  'ldap/bind-password',
]
const secrets = [
  'api/key',
  'auth/token',
  'oauth/client-secret',
  's3/secret-access-key',
  'jwt/secret',
  'github/token',
  'session/secret-key',
]
const both = [...passwords, ...secrets]

/** What stands for a credential: a reference in every syntax, ciphertext, a placeholder, nothing. */
export const referenceRows: readonly InnocentRow[] = [
  [
    'reference-shell',
    both,
    ['${DB_PASSWORD}', '$DB_PASSWORD', '${SECRET_TOKEN:-}', '${API_KEY:?must be set}', '${PASSWORD_{word}}'],
  ],
  ['reference-kubernetes', both, ['$(DB_PASSWORD)', '$(SECRET_KEY)']],
  [
    'reference-template',
    both,
    [
      '{{ .Values.db.password }}',
      '{{ include "app.secret" . }}',
      '{{ vault_password }}',
      '<%= ENV["PASSWORD"] %>',
      '{{ env "TOKEN" }}',
      '#{DbPassword}#',
      '{{#secret}}',
    ],
  ],
  [
    'reference-vault',
    both,
    [
      'vault:secret/data/{word}#password',
      'ref+vault://secret/{word}#/key',
      'vault:{word}/data/app#token',
      'ref+awssecrets://{word}/db',
    ],
  ],
  [
    'reference-store',
    both,
    [
      'op://{word}/database/password',
      'arn:aws:secretsmanager:eu-west-1:{digits:12}:secret:{word}-{alnum:6}',
      '@Microsoft.KeyVault(SecretUri=https://{word}.vault.azure.net/secrets/db/)',
      'projects/{digits:12}/secrets/{word}/versions/latest',
      'secretref:{word}-db',
      'awssm://{word}/db',
    ],
  ],
  [
    'reference-spring',
    passwords,
    ['${DB_PASSWORD:}', '${vault.{word}.password}', '${DB_PASSWORD:${POSTGRES_PASSWORD}}', '{cipher}{hex:64}'],
  ],
  [
    'reference-grafana',
    passwords,
    [
      '$__file{/etc/secrets/{word}}',
      '$__env{GF_PASSWORD}',
      '${file:/run/secrets/{word}:password}',
      '${env:DB_PASSWORD}',
    ],
  ],
  [
    'reference-airflow',
    both,
    ['%(password)s', '%DB_PASSWORD%', '@db.password@', '__DB_PASSWORD__', '$[secrets.password]'],
  ],
  ['ciphertext-sops', both, ['ENC[AES256_GCM,data:{base64:20}==,iv:{base64:43}=,tag:{base64:22}==,type:str]']],
  ['ciphertext-jasypt', passwords, ['ENC({base64:42}==)']],
  ['placeholder-angle', both, ['<password>', '<your-token>', '<secret here>', '<insert {word} key>']],
  [
    'placeholder-words',
    both,
    [
      'changeme',
      'CHANGE_ME',
      'change-me-please',
      'replace-me',
      'your-password-here',
      'YOUR_API_KEY',
      'REPLACE_WITH_TOKEN',
      'placeholder',
      'TODO',
      'dummy',
      'to-be-replaced',
      'insert-token-here',
    ],
  ],
  [
    'placeholder-filler',
    both,
    ['xxxxxxxx', '********', '...', 'XXX', 'REDACTED', '[REDACTED]', '(redacted)', '-', '••••••••'],
  ],
  ['empty', both, ['']],
]
