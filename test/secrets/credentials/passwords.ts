import type { SettingType } from '../generator/document.ts'
import { fill } from '../generator/pattern.ts'
import { settingOf } from '../generator/setting.ts'

interface Row {
  readonly type: string
  /** Names as `section/name`, one of which is taken. */
  readonly names: readonly string[]
  readonly value: string
}

const databases = [
  'database/password',
  'db/password',
  'postgres/password',
  'mysql.root/password',
  'mariadb/passwd',
  'redis/password',
  'mongodb/root-password',
  'spring.datasource/password',
  'datasource.primary/password',
  'rabbitmq/default-pass',
  'oracle/pwd',
  'elastic/password',
  'clickhouse/user-password',
  'neo4j/db-pass',
  'couchdb/admin-password',
]
const accounts = [
  'admin/password',
  'grafana.security/admin-password',
  'keycloak/admin-password',
  'mail/password',
  'smtp/smtp-password',
  'ldap/bind-password',
  'ldap.manager/passwd',
  'proxy/user-password',
  'ftp/pass',
  'sonar/login-password',
  'nexus/pwd',
  'argocd/admin-password',
  'jira.service/account-password',
  'sso/service-password',
  'kibana/elasticsearch-password',
]
const stores = [
  'server.ssl/key-store-password',
  'ssl/truststore-password',
  'ssl.keystore/password',
  'tls/key-password',
  'signing/key-passphrase',
  'backup/encryption-passphrase',
  'kafka.ssl/keystore-password',
  'jks/store-pass',
]

/** Passwords under names that say so: drawn by a generator, made up by people, and the ones that products come with. */
const rows: readonly Row[] = [
  { type: 'database-password', names: databases, value: '{strong}' },
  { type: 'database-password-weak', names: databases, value: '{weak}' },
  { type: 'account-password', names: accounts, value: '{strong}' },
  { type: 'account-password-weak', names: accounts, value: '{weak}' },
  { type: 'keystore-password', names: stores, value: '{password}' },
  {
    type: 'default-password',
    names: [...databases, ...accounts],
    value: '{pick:admin|postgres|guest|root|grafana|welcome|letmein|minioadmin|qwerty}',
  },
  {
    type: 'password-by-environment',
    names: [
      'db/password-prod',
      'db/password-staging',
      'api/password-live',
      'test/db-password-v2',
      'old/admin-password-backup',
    ],
    value: '{strong}',
  },
  {
    type: 'password-in-other-language',
    names: ['datenbank/passwort', 'banco/senha', 'base/contrasena', 'serveur/motdepasse'],
    value: '{weak}',
  },
]

export const passwordTypes: readonly SettingType[] = rows.map(({ type, names, value }) => ({
  type,
  spread: 'all',
  make: (random) => settingOf(random.pick(names), fill(value, random)),
}))
