import { fill } from './pattern.ts'
import type { Random } from './random.ts'
import { type Setting, settingOf } from './setting.ts'

/**
 * Settings that applications have and that are no credentials, as `section/name: pattern of the value`. They surround
 * every generated credential, and make up the ordinary documents.
 */
const table = `
server/port: {pick:8080|3000|9090|8443}
server/host: 0.0.0.0
server/context-path: /{word}/api
server/read-timeout: {int:5-120}s
server/max-connections: {int:10-900}
server/shutdown-grace-period: {int:10-90}s
server.tls/enabled: {pick:true|false}
server.tls/cert-file: /etc/{word}/tls/tls.crt
server.tls/min-version: TLSv1.{pick:2|3}
database/host: {service}
database/port: {pick:5432|3306|1433|27017}
database/name: {word}_{word}
database/user: {word}_app
database/pool-size: {int:5-80}
database/ssl-mode: {pick:disable|require|verify-full}
database/connection-timeout: {int:1000-60000}
database/dialect: {pick:postgresql|mysql|oracle|mssql}
redis/host: {service}
redis/db: {int:0-9}
redis/ttl: {int:60-86400}
kafka/bootstrap-servers: {host}:9092,{host}:9092
kafka/group-id: {word}-{word}-consumer
kafka/auto-offset-reset: {pick:earliest|latest}
kafka/acks: all
logging/level: {pick:debug|info|warn|error|INFO|DEBUG}
logging/format: {pick:json|text|logfmt}
logging/file: /var/log/{word}/{word}.log
logging/max-size: {int:10-500}MB
metrics/enabled: {pick:true|false}
metrics/path: /metrics
metrics/interval: {int:5-60}s
tracing/endpoint: http://{service}:4317
tracing/sample-ratio: 0.{int:1-9}
mail/host: smtp.{host}
mail/port: 587
mail/from: no-reply@{host}
mail/start-tls: true
storage/bucket: {word}-{word}-{int:1-99}
storage/region: {pick:eu-west-1|us-east-2|eu-central-1|ap-south-1}
storage/endpoint: https://{host}
storage/path-style: {pick:true|false}
auth/issuer: https://login.{host}/realms/{word}
auth/client-id: {word}-{word}
auth/audience: {word}-api
auth/redirect-uri: https://{host}/callback
auth/session-timeout: {int:5-60}m
auth/token-ttl: {int:300-7200}
auth/password-min-length: {int:8-16}
features/{word}-enabled: {pick:true|false}
features/new-checkout: {pick:true|false}
features/beta-users: {int:0-100}
cache/max-entries: {int:100-100000}
cache/key-prefix: {word}:
cache/eviction: {pick:lru|lfu|ttl}
app/name: {word}-{word}
app/version: {version}
app/environment: {pick:production|staging|development}
app/locale: {pick:en_US|de_DE|fr_FR|pt_BR}
app/time-zone: {pick:Europe/Berlin|UTC|America/New_York}
app/base-url: https://{host}/{word}
app/build: {hex:7}
app/image: registry.{host}/{word}/{word}:{version}
app/support: support@{host}
workers/count: {int:1-32}
workers/queue: {word}.{word}
workers/retry-delay: {int:100-5000}ms
cors/allowed-origins: https://{host},https://{host}
search/url: http://{service}:9200
search/index: {word}-{day}
java/opts: -Xms{int:1-4}g -Xmx{int:4-16}g
feed/etag: {hex:32}
feed/build-id: {uuid}
feed/revision: {hex:40}
`

interface Row {
  readonly name: string
  readonly pattern: string
}

const rows: readonly Row[] = table
  .trim()
  .split('\n')
  .map((line) => ({ name: line.slice(0, line.indexOf(': ')), pattern: line.slice(line.indexOf(': ') + 2) }))

/** So many settings that are no credentials, those of a section beside each other. */
export function ordinarySettings(random: Random, count: number): readonly Setting[] {
  return random
    .several(rows, count)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, pattern }) => settingOf(fill(name, random), fill(pattern, random)))
}

/** A setting among ordinary ones: beside those of its section where there are any, else at a random place. */
export function among(setting: Setting, others: readonly Setting[], random: Random): readonly Setting[] {
  const section = setting.group.join('.')
  const beside = others.findLastIndex(({ group }) => group.join('.') === section)
  const at = beside < 0 ? random.integer(0, others.length) : beside + 1
  const rest = others.filter(
    ({ group, words }) => group.join('.') !== section || words.join('-') !== setting.words.join('-'),
  )
  return rest.toSpliced(Math.min(at, rest.length), 0, setting)
}
