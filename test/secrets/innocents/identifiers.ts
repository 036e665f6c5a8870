import type { InnocentRow } from './references.ts'

/** Public keys, digests, identifiers, roles, and addresses without a password of their own. */
export const identifierRows: readonly InnocentRow[] = [
  ['public-key-stripe', ['stripe/publishable-key', 'payment/public-key'], ['pk_live_{alnum:24}', 'pk_test_{alnum:24}']],
  ['public-key-recaptcha', ['recaptcha/site-key', 'captcha/public-key'], ['6L{base64url:38}']],
  ['public-key-push', ['vapid/public-key', 'webpush/application-server-public-key'], ['B{base64url:86}']],
  ['public-key-analytics', ['posthog/project-key', 'posthog/public-key'], ['phc_{alnum:43}']],
  [
    'digest',
    ['image/digest', 'model/sha256', 'bundle/checksum', 'config/hash', 'chart/integrity', 'asset/etag'],
    ['sha256:{hex:64}', '{hex:64}', '{hex:32}', 'sha512-{base64:86}=='],
  ],
  [
    'identifier',
    [
      'tenant/id',
      'request/uuid',
      'azure/client-id',
      'oauth/client-id',
      'aws/account-id',
      'git/commit',
      'google/client-id',
      'dashboard/uid',
    ],
    ['{uuid}', '{hex:40}', '{digits:12}', '{digits:12}-{loweralnum:32}.apps.googleusercontent.com', '{alnum:9}'],
  ],
  [
    'role',
    ['aws/role-arn', 'vault/role', 'service/account', 'vault/auth-path', 'spiffe/id', 'kms/key-id', 'gcp/kms-key'],
    [
      'arn:aws:iam::{digits:12}:role/{word}-{word}',
      'arn:aws:kms:eu-west-1:{digits:12}:key/{uuid}',
      'auth/kubernetes/{word}',
      'spiffe://{host}/ns/{word}/sa/{word}',
      'projects/{word}/locations/global/keyRings/{word}/cryptoKeys/{word}',
    ],
  ],
  [
    'csi-secret',
    [
      'csi.storage.k8s.io/provisioner-secret-name',
      'csi.storage.k8s.io/node-stage-secret-name',
      'csi.storage.k8s.io/controller-expand-secret-namespace',
      'secret/namespace',
    ],
    ['rook-csi-rbd-{word}', '{word}-secret', 'kube-system'],
  ],
  [
    'url-without-password',
    ['database/url', 'redis/url', 'broker/url', 'git/repository'],
    [
      'postgres://{word}@{service}:5432/{word}',
      'redis://{service}:6379/0',
      'https://git.{host}/{word}/{word}.git',
      'ssh://git@{host}:22/{word}.git',
      'git@{host}:{word}/{word}.git',
      'jdbc:postgresql://{service}:5432/{word}?sslmode=require',
    ],
  ],
  [
    'url-with-reference',
    ['database/url', 'redis/url', 'broker/url', 'database/dsn'],
    [
      'postgres://{word}:${DB_PASSWORD}@{service}:5432/{word}',
      'amqp://$(USER):$(PASSWORD)@{service}',
      'redis://:{{ .password }}@{service}:6379',
      'mongodb://user:<password>@{host}/{word}',
      'host={service} user={word} password=$PGPASSWORD',
    ],
  ],
]
