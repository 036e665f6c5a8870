import type { SettingType } from '../generator/document.ts'
import { fill } from '../generator/pattern.ts'
import { settingOf } from '../generator/setting.ts'

interface Row {
  readonly type: string
  readonly names: readonly string[]
  readonly values: readonly string[]
}

/** Secrets without a form of their own: only the name says what they are. */
const rows: readonly Row[] = [
  {
    type: 'api-key-hex',
    names: ['api/key', 'weather/api-key', 'service/apikey', 'maps.provider/api-key', 'sms.gateway/api-key'],
    values: ['{hex:32}', '{hex:40}'],
  },
  {
    type: 'api-key-mixed',
    names: ['api/key', 'geo/api-key', 'vendor/apikey', 'billing.provider/api-key'],
    values: ['{alnum:27}{int:0-9}', '{base64url:31}{int:10-99}'],
  },
  { type: 'api-key-uuid', names: ['partner/api-key', 'crm/api-key', 'tenant/auth-key'], values: ['{uuid}'] },
  {
    type: 'access-token',
    names: [
      'service/access-token',
      'auth/token',
      'bot/token',
      'registry/auth-token',
      'refresh/token',
      'ci/deploy-token',
    ],
    values: ['{alnum:30}{int:0-9}', '{hex:48}', '{base64url:42}{int:1-9}'],
  },
  {
    type: 'client-secret',
    names: [
      'oauth/client-secret',
      'oidc.provider/client-secret',
      'auth.generic/client-secret',
      'sso/app-secret',
      'keycloak/client-secret',
    ],
    values: ['{alnum:31}{int:0-9}', '{uuid}', '{base64:42}{int:1-9}='],
  },
  {
    type: 'signing-secret',
    names: ['jwt/secret', 'session/secret', 'cookie/secret', 'app/secret-key', 'webhook/secret', 'hmac/signing-secret'],
    values: ['{base64:43}=', '{hex:64}', '{symbols:47}{int:0-9}'],
  },
  {
    type: 'encryption-key',
    names: [
      'encryption/key',
      'data/encryption-key',
      'app/master-key',
      'fernet/secret-key',
      'vault/encryption-key',
      'cookie/hash-secret-key',
    ],
    values: ['{hex:64}', '{base64:43}=', '{hex:32}'],
  },
  {
    type: 'object-store-secret',
    names: [
      's3/secret-access-key',
      'aws/secret-access-key',
      'minio/secret-key',
      's3/secret-key',
      'backup.s3/access-key-secret',
    ],
    values: ['{base64:39}{int:0-9}', '{alnum:31}{int:0-9}'],
  },
  {
    type: 'pre-shared-key',
    names: [
      'vpn/psk',
      'ipsec/pre-shared-key',
      'wireguard/private-key',
      'wireguard/preshared-key',
      'gossip/encryption-key',
    ],
    values: ['{base64:42}{pick:A|E|I|Q|U|c|k|w|0}='],
  },
  {
    type: 'account-key',
    names: ['azure.storage/account-key', 'cosmos/account-key', 'storage/shared-key'],
    values: ['{base64:86}=='],
  },
  {
    type: 'license-key',
    names: ['enterprise/license-key', 'newrelic/license-key', 'product/licence-key'],
    values: ['{hex:36}NRAL', '{upperalnum:5}-{upperalnum:4}{int:0-9}-{upperalnum:5}-{upperalnum:5}-{upperalnum:5}'],
  },
  {
    type: 'webhook-token-short',
    names: ['webhook/token', 'hub/verify-token', 'agent/join-token'],
    values: ['{alnum:13}{int:10-99}', '{hex:16}'],
  },
  {
    type: 'bearer-header',
    names: ['http/authorization', 'request.headers/authorization'],
    values: ['Bearer {alnum:39}{int:0-9}', 'Bearer {hex:48}'],
  },
]

export const secretTypes: readonly SettingType[] = rows.map(({ type, names, values }) => ({
  type,
  spread: 12,
  make: (random) => settingOf(random.pick(names), fill(random.pick(values), random)),
}))
