import { type TokenFormat, tokenKind } from './format.ts'

/** Databases and analytics engines. */
export const databaseFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('neon-key', 'a Neon API key'),
    prefixes: ['napi_'],
    body: /[a-z0-9]{60}/y,
    source: 'https://neon.com/docs/manage/api-keys',
  },
  {
    kind: tokenKind('supabase-secret-key', 'a Supabase secret key'),
    prefixes: ['sb_secret_'],
    body: /[\w-]{30}/y,
    source: 'https://supabase.com/docs/guides/api/api-keys',
  },
  {
    kind: tokenKind('xata-key', 'a Xata API key'),
    prefixes: ['xau_'],
    body: /[A-Za-z0-9]{38}/y,
    source: 'https://xata.io/docs',
  },
  {
    kind: tokenKind('aiven-password', 'an Aiven service password'),
    prefixes: ['AVNS_'],
    body: /[\w-]{17}/y,
    source: 'https://aiven.io/docs/platform',
  },
  {
    kind: tokenKind('aiven-token', 'an Aiven token'),
    prefixes: ['aivenv1'],
    body: /[A-Za-z0-9+/=]{60}/y,
    source: 'https://aiven.io/docs/platform/howto/create_authentication_token',
  },
  {
    kind: tokenKind('confluent-secret', 'a Confluent Cloud API secret'),
    prefixes: ['cflt'],
    body: /[A-Za-z0-9+/]{60}/y,
    source:
      'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/',
  },
  {
    kind: tokenKind('clickhouse-key', 'a ClickHouse Cloud secret key'),
    prefixes: ['4b1d'],
    body: /[A-Za-z0-9]{38}(?![A-Za-z0-9])/y,
    source: 'gitleaks rule clickhouse-cloud-api-secret-key',
  },
  {
    kind: tokenKind('atlas-secret', 'a MongoDB Atlas service account secret'),
    prefixes: ['mdb_sa_sk_'],
    body: /[\w-]{40}/y,
    source: 'https://www.mongodb.com/docs/atlas/api/service-accounts/',
  },
  {
    kind: tokenKind('cockroach-key', 'a CockroachDB Cloud key'),
    prefixes: ['CCDB1_'],
    body: /[A-Za-z0-9]{22}_[A-Za-z0-9]{40}/y,
    source: 'https://www.cockroachlabs.com/docs/cockroachcloud/managing-access',
  },
  {
    kind: tokenKind('pinecone-key', 'a Pinecone API key'),
    prefixes: ['pcsk_'],
    body: /[A-Za-z0-9]{5,8}_[A-Za-z0-9]{50}/y,
    source: 'https://docs.pinecone.io/guides/projects/manage-api-keys',
  },
  {
    kind: tokenKind('databricks-secret', 'a Databricks OAuth secret'),
    prefixes: ['dose', 'dkea'],
    body: /[a-f0-9]{32}(?![A-Za-z0-9])/y,
    source: 'https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m',
  },
  {
    kind: tokenKind('elastic-cloud-key', 'an Elastic Cloud API key'),
    prefixes: ['essu_'],
    body: /[A-Za-z0-9+/=_-]{40}/y,
    source: 'https://www.elastic.co/docs/deploy-manage/api-keys/elastic-cloud-api-keys',
  },
  {
    kind: tokenKind('influx-token', 'an InfluxDB token'),
    prefixes: ['apiv3_'],
    body: /[\w-]{60}/y,
    source: 'https://docs.influxdata.com/influxdb3/core/admin/tokens/',
  },
  {
    kind: tokenKind('tinybird-token', 'a Tinybird token'),
    prefixes: ['p.eyJ'],
    body: /[\w-]{40}\.[\w-]{20}/y,
    source: 'https://www.tinybird.co/docs',
  },
  {
    kind: tokenKind('dbt-token', 'a dbt Cloud token'),
    prefixes: ['dbtc_', 'dbts_', 'dbtu_'],
    body: /[A-Za-z0-9+/=_-]{30}/y,
    source: 'https://docs.getdbt.com/docs/dbt-cloud-apis/authentication',
  },
]
