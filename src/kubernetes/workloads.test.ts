import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json.ts'
import data from './workloads.json' with { type: 'json' }
import { builtInWorkloads, workloadTable } from './workloads.ts'

describe('workloads.json', () => {
  it.each(data)('$name: complete, and found by its own patterns', (entry) => {
    expect(entry.source).toMatch(/^https:\/\//)
    expect(entry.kind).toMatch(
      /^(database|broker|cache|search|object-store|coordination|time-series|stream-processor)$/,
    )
    expect(entry.servers).not.toEqual([])
    expect(entry.dataPaths).not.toEqual([])
    for (const directory of entry.dataPaths) expect(directory.path).toMatch(/^(\/[\w.-]+)+$/)
    for (const pattern of entry.images) {
      const image = pattern.replaceAll('*', '').replaceAll('??', '16')
      expect(builtInWorkloads.get(image)?.name).toBe(entry.name)
    }
  })

  it('has every name and every pattern once', () => {
    for (const all of [data.map(({ name }) => name), data.flatMap(({ images }) => images)]) {
      expect(all).toEqual([...new Set(all)])
    }
  })
})

describe('builtInWorkloads', () => {
  it.each([
    ['postgres:16', 'postgresql'],
    ['docker.io/library/postgres', 'postgresql'],
    ['registry.example.com/mirror/postgis/postgis:16-3.4', 'postgresql'],
    ['bitnami/postgresql:16', 'postgresql-bitnami'],
    ['bitnamilegacy/postgresql', 'postgresql-bitnami'],
    ['registry.example.com/mirror/postgresql', 'postgresql-mirrored'],
    ['ghcr.io/cloudnative-pg/postgresql:16', 'postgresql-cloudnative-pg'],
    ['quay.io/sclorg/postgresql-16-c9s', 'postgresql-sclorg'],
    ['registry.redhat.io/rhel9/postgresql-16', 'postgresql-sclorg'],
    ['ghcr.io/zalando/spilo-16:3.3-p1', 'postgresql-spilo'],
    ['registry.developers.crunchydata.com/crunchydata/crunchy-postgres:ubi8', 'postgresql-crunchy'],
    ['container-registry.oracle.com/mysql/community-server:8.4', 'mysql'],
    ['mcr.microsoft.com/mssql/server:2022-latest', 'mssql'],
    ['apache/kafka:4.0.0', 'kafka'],
    ['quay.io/strimzi/kafka:0.45.0-kafka-3.9.0', 'kafka-strimzi'],
    ['confluentinc/cp-kafka:7.8.0', 'kafka-confluent'],
    ['docker.elastic.co/elasticsearch/elasticsearch:8.17.0', 'elasticsearch'],
    ['registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10', 'zookeeper-kubernetes'],
    ['gcr.io/google-samples/cassandra:v13', 'cassandra-kubernetes'],
    ['cassandra:5', 'cassandra'],
    ['quay.io/minio/minio', 'minio'],
  ])('%s is %s', (image, name) => {
    expect(builtInWorkloads.get(image)?.name).toBe(name)
  })

  it.each([
    'quay.io/prometheuscommunity/postgres-exporter',
    'ghcr.io/zalando/postgres-operator',
    'crunchydata/crunchy-postgres-exporter',
    'crunchydata/crunchy-pgbouncer',
    'bitnami/postgres-exporter',
    'bitnami/postgresql-client',
    'ghcr.io/cloudnative-pg/cloudnative-pg',
    'prodrigestivill/postgres-backup-local',
    'bitnami/pgbouncer',
    'bitnami/pgpool',
    'dpage/pgadmin4',
    'postgrest/postgrest',
    'prom/mysqld-exporter',
    'bitpoke/mysql-operator',
    'mysql/mysql-router',
    'percona/percona-xtrabackup',
    'percona/haproxy',
    'gcr.io/google-samples/xtrabackup:1.0',
    'mongo-express',
    'percona/mongodb_exporter',
    'mongodb/mongodb-kubernetes-operator',
    'bitnami/mongodb-exporter',
    'oliver006/redis_exporter',
    'bitnami/redis-exporter',
    'bitnami/redis-sentinel',
    'redis/redisinsight',
    'rediscommander/redis-commander',
    'provectuslabs/kafka-ui',
    'danielqsj/kafka-exporter',
    'confluentinc/cp-schema-registry',
    'confluentinc/cp-kafka-connect',
    'confluentinc/cp-kafka-rest',
    'quay.io/strimzi/operator',
    'quay.io/strimzi/kafka-bridge',
    'docker.redpanda.com/redpandadata/console',
    'redpandadata/redpanda-operator',
    'rabbitmqoperator/cluster-operator',
    'kbudde/rabbitmq-exporter',
    'natsio/nats-box',
    'natsio/prometheus-nats-exporter',
    'natsio/nats-server-config-reloader',
    'apachepulsar/pulsar-manager',
    'pravega/zookeeper-operator',
    'quay.io/prometheuscommunity/elasticsearch-exporter',
    'docker.elastic.co/kibana/kibana',
    'docker.elastic.co/logstash/logstash',
    'docker.elastic.co/beats/filebeat',
    'docker.elastic.co/eck/eck-operator',
    'opensearchproject/opensearch-dashboards',
    'k8ssandra/cass-operator',
    'cockroachdb/cockroach-operator',
    'quay.io/coreos/etcd-operator',
    'hashicorp/consul-k8s-control-plane',
    'hashicorp/consul-template',
    'hashicorp/vault-k8s',
    'hashicorp/vault-csi-provider',
    'minio/mc',
    'minio/operator',
    'bitnami/minio-client',
    'altinity/clickhouse-operator',
    // Monitoring stores, which many run without a lasting volume on purpose.
    'quay.io/prometheus/prometheus:v3.1.0',
    'bitnami/prometheus',
    'grafana/loki',
    'victoriametrics/victoria-metrics',
    'victoriametrics/vmstorage',
    'victoriametrics/victoria-logs',
    'prom/pushgateway',
    'prom/alertmanager',
    'prom/node-exporter',
    'quay.io/prometheus-operator/prometheus-operator',
    'quay.io/prometheus-operator/prometheus-config-reloader',
    'victoriametrics/vmagent',
    'victoriametrics/vmselect',
    'telegraf',
    'ghcr.io/apache/flink-kubernetes-operator',
    // Shuffle files are scratch: Spark computes them again.
    'apache/spark',
    'bitnami/spark',
    'memcached',
    'nginx',
    'postgres/exporter',
    '',
    'constructor',
    'not an image',
  ])('%s keeps nothing', (image) => {
    expect(builtInWorkloads.get(image)).toBeUndefined()
  })
})

describe('workloadTable', () => {
  const own: JsonObject = {
    'registry.example.com/ledger': ['/var/ledger', '/var/wal'],
    'registry.example.com/*': [],
    postgres: ['/pgdata'],
    redis: [],
    valkey: ['/data', 1, null],
    mysql: 'nothing',
    constructor: [],
  }
  const table = workloadTable(own)

  it.each<[string, string | undefined, readonly string[]]>([
    ['registry.example.com/ledger:1', 'registry.example.com/ledger', ['/var/ledger', '/var/wal']],
    ['registry.example.com/mongo', undefined, []],
    ['postgres', 'PostgreSQL', ['/pgdata']],
    ['redis', undefined, []],
    ['bitnami/redis', undefined, []],
    ['valkey/valkey', 'Valkey', ['/data']],
    ['mysql', 'MySQL', ['/var/lib/mysql']],
    ['mongo', 'MongoDB', ['/data/db']],
    ['nginx', undefined, []],
  ])('%s is %s with %j', (image, title, paths) => {
    const workload = table.get(image)
    expect(workload?.title).toBe(title)
    expect(workload?.dataPaths.map(({ path }) => path) ?? []).toEqual(paths)
  })

  it('lets the longest pattern count, in whatever order they stand', () => {
    const reversed = workloadTable(Object.fromEntries(Object.entries(own).toReversed()))
    expect(reversed.get('registry.example.com/ledger')).toEqual(table.get('registry.example.com/ledger'))
  })

  it("keeps a known system's facts, but not what decides whether it keeps data", () => {
    expect(table.get('valkey')).toMatchObject({ exclusive: true, servers: ['valkey-server'], when: undefined })
    expect(table.get('registry.example.com/ledger')).toMatchObject({ exclusive: true, servers: [], kind: 'own' })
  })

  it.each([[undefined], [{}], [{ redis: 'x' }]])('%j changes nothing', (overrides) => {
    expect(workloadTable(overrides)).toBe(builtInWorkloads)
  })
})
