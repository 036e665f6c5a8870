import type { SettingType } from '../generator/document.ts'
import { fill } from '../generator/pattern.ts'
import { settingOf } from '../generator/setting.ts'

/** Addresses and connection strings with a credential in them: type, names, patterns of the value. */
const rows: readonly (readonly [type: string, names: readonly string[], values: readonly string[]])[] = [
  [
    'postgres-url',
    ['database/url', 'db/dsn', 'app/database-url'],
    [
      'postgres://{word}_app:{inurl}@{service}:5432/{word}?sslmode=disable',
      'postgresql://{word}:{inurl}@{host}/{word}',
    ],
  ],
  [
    'mysql-url',
    ['database/url', 'sqlalchemy/database-uri'],
    ['mysql://root:{inurl}@{service}:3306/{word}', 'mysql+pymysql://{word}:{inurl}@{service}/{word}'],
  ],
  [
    'mongodb-url',
    ['mongodb/uri', 'spring.data.mongodb/uri'],
    [
      'mongodb://{word}:{inurl}@{service}:27017/{word}?authSource=admin',
      'mongodb+srv://{word}:{inurl}@cluster0.{loweralnum:5}.mongodb.net',
    ],
  ],
  [
    'redis-url',
    ['redis/url', 'celery/broker-url', 'cache/url'],
    ['redis://:{inurl}@{service}:6379/{int:0-9}', 'rediss://default:{inurl}@{host}:6380'],
  ],
  [
    'amqp-url',
    ['rabbitmq/url', 'broker/url', 'amqp/uri'],
    ['amqp://{word}:{inurl}@{service}:5672/{word}', 'amqps://guest:{inurl}@{host}'],
  ],
  ['proxy-url', ['http/proxy', 'proxy/https-url'], ['http://{word}:{inurl}@proxy.{host}:3128']],
  [
    'git-url',
    ['git/repository', 'sync/repo-url', 'git/remote'],
    [
      'https://{word}-bot:{alnum:20}{int:0-9}@git.{host}/{word}/{word}.git',
      'https://oauth2:{inurl}@git.{host}/{word}.git',
    ],
  ],
  ['smtp-url', ['mail/url', 'mailer/dsn'], ['smtp://{word}:{inurl}@smtp.{host}:587']],
  ['sentry-dsn-old', ['sentry/dsn', 'raven/dsn'], ['https://{hex:32}:{hex:32}@sentry.{host}/{int:2-99}']],
  ['elasticsearch-url', ['search/url', 'elasticsearch/hosts'], ['https://elastic:{inurl}@{service}:9200']],
  [
    'jdbc-postgres',
    ['spring.datasource/url', 'jdbc/url'],
    ['jdbc:postgresql://{service}:5432/{word}?user={word}&password={inurl}'],
  ],
  [
    'jdbc-mysql',
    ['jdbc/url', 'flyway/url'],
    ['jdbc:mysql://{service}:3306/{word}?user={word}&password={inurl}&useSSL=false'],
  ],
  [
    'jdbc-sqlserver',
    ['jdbc/url', 'reporting.datasource/url'],
    ['jdbc:sqlserver://{service}:1433;databaseName={word};user=sa;password={inurl};encrypt=true'],
  ],
  ['jdbc-oracle', ['jdbc/url', 'oracle/connect-string'], ['jdbc:oracle:thin:{word}/{inurl}@//{service}:1521/ORCL']],
  [
    'ado-connection',
    ['connection.strings/default-connection', 'sql/connection-string'],
    [
      'Server={service},1433;Database={word};User Id=sa;Password={inurl};TrustServerCertificate=True',
      'Data Source={service};Initial Catalog={word};User ID={word};Password={inurl}',
    ],
  ],
  [
    'libpq-dsn',
    ['database/dsn', 'postgres/conn-info'],
    ['host={service} port=5432 user={word} password={inurl} dbname={word} sslmode=disable'],
  ],
  ['go-mysql-dsn', ['mysql/dsn', 'store/source'], ['{word}:{inurl}@tcp({service}:3306)/{word}?parseTime=true']],
  [
    'azure-storage-connection',
    ['azure.storage/connection-string', 'blob/connection'],
    ['DefaultEndpointsProtocol=https;AccountName={word};AccountKey={base64:86}==;EndpointSuffix=core.windows.net'],
  ],
  [
    'azure-service-bus',
    ['servicebus/connection-string', 'eventhub/connection'],
    ['Endpoint=sb://{word}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={base64:43}='],
  ],
  [
    'azure-sas',
    ['blob/sas-url', 'backup/container-url'],
    [
      'https://{word}.blob.core.windows.net/{word}?sv=2022-11-02&ss=b&srt=sco&sp=rwl&se=2027-01-01T00:00:00Z&sig={alnum:42}{int:0-9}%3D',
    ],
  ],
  [
    'url-token-query',
    ['callback/url', 'webhook/url', 'stream/endpoint'],
    [
      'https://api.{host}/v1/events?access_token={alnum:32}{int:0-9}',
      'https://{host}/hook?token={hex:32}',
      'https://{host}/v2/lookup?format=json&api_key={hex:32}',
    ],
  ],
  [
    'slack-webhook',
    ['alerts/slack-url', 'slack/webhook-url'],
    ['https://hooks.slack.com/services/T{upperalnum:8}/B{upperalnum:10}/{alnum:24}'],
  ],
  [
    'discord-webhook',
    ['alerts/discord-url', 'discord/webhook'],
    ['https://discord.com/api/webhooks/{int:1-9}{digits:17}/{base64url:68}'],
  ],
  [
    'teams-webhook',
    ['alerts/teams-url'],
    ['https://{word}.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}'],
  ],
  [
    'default-of-reference',
    ['spring.datasource/password', 'db/password', 'keycloak.credentials/secret-password', 'redis/password'],
    ['${DB_PASSWORD:{weak}}', '${APP_DB_PASS:{strong}}'],
  ],
  [
    'shell-default',
    ['db/password', 'admin/password', 'redis/pass'],
    ['${DB_PASSWORD:-{weak}}', '${ADMIN_PASS:-{weakword}{int:10-99}}'],
  ],
]

export const addressTypes: readonly SettingType[] = rows.map(([type, names, values]) => ({
  type,
  spread: 8,
  make: (random) => settingOf(random.pick(names), fill(random.pick(values), random)),
}))
