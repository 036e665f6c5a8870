import { describe, expect, test } from 'vitest'
import { scanEntries } from './scan.ts'

function confidences(key: string, value: string): readonly string[] {
  return scanEntries([{ path: '/data/a', key, value }]).map(({ confidence }) => confidence)
}

const found: readonly (readonly [key: string, value: string])[] = [
  ['DB_PASSWORD', 'd2B2d2B2b2B2'],
  ['DB_PASSWORD', 'B2k3m4p5q6$(X)'],
  ['DB_PASSWORD', 'B2k3m4p5q6${X}'],
  ['DB_PASSWORD', 'B2k3m4{{p5q6r7'],
  ['DB_PASSWORD', 'B2k3m4`p5q6r7'],
  ['DB_PASSWORD', '$B2k3m4p5q6'],
  ['DB_PASSWORD', 'todoB2k3m4p5'],
  ['DB_PASSWORD', '$$B2k3m4p5q6'],
  ['SECRET_BLAH', 'q7Zt2Kd9Wm4X'],
  ['SECRET_BLAH', 'q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0GsA'],
  ['SECRET_BLAH', 'xkqvbdfgwrtz'],
  ['AZURE_BATCH_KEY', 'q7Zt2Kd9Wm4Xv8Rb3'],
  ['FOO_BAR_KEY', 'q7Zt2Kd9Wm4Xv8Rb3'],
]

const clean: readonly (readonly [key: string, value: string])[] = [
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['DB_PASSWORD', '$(DB_PASSWORD)'],
  ['DB_PASSWORD', '$DB_PASSWORD'],
  ['DB_PASSWORD', '$DB_PASSWORD1'],
  ['DB_PASSWORD', 'prefix-${X}'],
  ['DB_PASSWORD', '${A}-${B}'],
  ['DB_PASSWORD', '{{ .Values.password | quote }}'],
  ['DB_PASSWORD', '@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/secrets/b/9f3a61c07be84d25)'],
  ['DB_PASSWORD', 'op://vault/item/password'],
  ['DB_PASSWORD', 'ref+vault://secret/data/a#b'],
  ['DB_PASSWORD', 'ENC[AES256_GCM,data:q7Zt2Kd9Wm4X=,iv:a,tag:b,type:str]'],
  [
    'DB_PASSWORD',
    'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq0ZBbK3mLxYJqWnU7vB1sKf2hT8dPzQeRgAgBy3i4OJSWK+PiTySYZZA9rO43cGDEq0ZBbK3mLxYJqWnU7vB1sKf2hT8dPzQeRg',
  ],
  ['DB_PASSWORD', '{cipher}9f3a61c07be84d25'],
  ['a.yml', 'token: ${{ secrets.GITHUB_TOKEN }}'],
  ['a.yml', 'password: <path:secret/data/db#password>'],
  ['Jenkinsfile', "DB_PASSWORD = credentials('db-password')"],
  ['a.yml', 'password: !vault |'],
  ['a.tf', 'password = var.db_password'],
  ['a.tf', 'password = data.aws_secretsmanager_secret_version.db.secret_string'],
  ['DB_PASSWORD', '/run/secrets/db_password'],
  ['DB_PASSWORD', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-9f3a61'],
  ['SECRET_NAME', 'orders-db-credentials'],
  ['SECRET_PROVIDER', 'aws'],
  ['SECRET_REGION', 'us-east-1'],
  ['SECRET_STORE', 'vault-backend-1'],
  ['CACHE_KEY', 'user-profile-v2'],
  ['LICENSE_KEY', '${LICENSE}'],
]

const weak: readonly (readonly [key: string, value: string])[] = [
  ['DB_PASSWORD', 'changeme'],
  ['DB_PASSWORD', 'change-me'],
]

describe('what stands for a credential', () => {
  test.each(found)('finds %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).not.toEqual([])
  })

  test.each(clean)('is quiet about %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).toEqual([])
  })

  test.each(weak)('only remarks %s: %s', (key, value) => {
    expect(confidences(key, value)).toEqual(['low'])
  })
})
