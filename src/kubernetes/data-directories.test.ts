import { describe, expect, it } from 'vitest'
import { dataDirectories } from './data-directories.ts'
import type { JsonObject } from './json.ts'
import { workloadTable } from './workloads.ts'

const table = workloadTable({ 'registry.example.com/ledger': ['/var/ledger/'] })

/** The directories of a container in short: `/d` as the image has it, `=/d` stated, `/d?` only if something is mounted. */
function directories(image: string, container: JsonObject = {}): readonly string[] {
  const workload = table.get(image)
  if (workload === undefined) throw new Error(`not known: ${image}`)
  return dataDirectories(workload, container).map(
    ({ path, stated, ifMounted }) => `${stated ? '=' : ''}${path}${ifMounted ? '?' : ''}`,
  )
}

const env = (values: Readonly<Record<string, string>>): JsonObject => ({
  env: Object.entries(values).map(([name, value]) => ({ name, value })),
})
const shell = (script: string): JsonObject => ({ command: ['sh', '-c', script] })

describe('dataDirectories: whether the server runs', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['postgres', {}, ['/var/lib/postgresql/data']],
    ['postgres', { args: ['-c', 'max_connections=200'] }, ['/var/lib/postgresql/data']],
    ['postgres', { args: ['postgres', '-c', 'fsync=off'] }, ['/var/lib/postgresql/data']],
    ['postgres', { command: ['docker-entrypoint.sh', 'postgres'] }, ['/var/lib/postgresql/data']],
    ['postgres', { command: ['/usr/lib/postgresql/16/bin/postgres'] }, ['/var/lib/postgresql/data']],
    ['postgres', shell('chown -R 999 /d; exec gosu postgres postgres'), ['/var/lib/postgresql/data']],
    [
      'cloudnative-pg/postgresql',
      { command: ['/controller/manager', 'instance', 'run'] },
      ['/var/lib/postgresql/data'],
    ],
    ['cloudnative-pg/postgresql', { command: ['/controller/manager', 'bootstrap', '/x'] }, []],
    ['crunchy-postgres', { command: ['patroni', '/etc/patroni'] }, ['/pgdata']],
    [
      'bitnami/redis',
      { ...shell('/opt/bitnami/scripts/start-scripts/start-master.sh'), ...env({ REDIS_AOF_ENABLED: 'yes' }) },
      ['/bitnami/redis/data'],
    ],
    ['bitnami/mongodb', { command: ['/scripts/setup.sh'] }, ['/bitnami/mongodb/data/db']],
    ['strimzi/kafka', { command: ['/opt/kafka/kafka_run.sh'] }, ['/var/lib/kafka']],
    [
      'vault',
      shell('cp /a /b; /usr/local/bin/docker-entrypoint.sh vault server -config=/c.hcl'),
      ['/vault/data?', '/vault/file?', '/openbao/data?', '/openbao/file?'],
    ],
    ['cockroach', { args: ['start', '--join=a'] }, ['/cockroach/cockroach-data']],
    [
      'cockroach',
      { command: ['/cockroach/cockroach', '--logtostderr', 'start-single-node'] },
      ['/cockroach/cockroach-data'],
    ],
    [
      'pulsar-all',
      shell('bin/apply-config-from-env.py conf/bookkeeper.conf; exec bin/pulsar bookie'),
      ['/pulsar/data'],
    ],
    // Clients, tools and waiting loops that use the same image.
    ['postgres', { command: ['psql', '-h', 'db'] }, []],
    ['postgres', { args: ['psql', '-h', 'postgres'] }, []],
    ['postgres', shell('until pg_isready -h postgres; do sleep 1; done'), []],
    ['postgres', shell('until psql -h postgres -c "select 1"; do echo waiting for postgres; sleep 2; done'), []],
    ['postgres', { command: ['sleep', 'infinity'] }, []],
    ['postgres', { command: ['pg_dump'], args: ['--file=/backup/postgres'] }, []],
    ['postgres', { command: ['/scripts/postgres/wait.sh'] }, []],
    ['postgres', { command: ['sh'] }, []],
    ['mysql', { command: ['mysqladmin', 'ping'] }, []],
    ['mysql', shell('[[ -d /var/lib/mysql/mysql ]] && exit 0; echo mysqld'), []],
    ['mongo', { command: ['mongosh', 'mongod'] }, []],
    ['mongo', { command: ['mongos', '--configdb', 'x'] }, []],
    ['redis', { command: ['redis-cli', '--appendonly', 'yes'] }, []],
    ['apache/kafka', { command: ['/opt/kafka/bin/kafka-topics.sh', '--create'] }, []],
    ['strimzi/kafka', { command: ['/opt/kafka/kafka_connect_run.sh'] }, []],
    ['elasticsearch', { command: ['sysctl', '-w', 'vm.max_map_count=262144'] }, []],
    ['etcd', { command: ['etcdctl', 'snapshot', 'save', '/backup/etcd'] }, []],
    ['cockroach', { args: ['init', '--host=start'] }, []],
    ['cockroach', {}, []],
    ['pulsar-all', shell('exec bin/pulsar broker'), []],
    ['registry.example.com/ledger', {}, ['/var/ledger']],
    ['registry.example.com/ledger', { command: ['ledger', 'serve'] }, ['/var/ledger']],
  ])('%s %j: %j', (image, container, expected) => {
    expect(directories(image, container)).toEqual(expected)
  })
})

describe('dataDirectories: whether it keeps anything', () => {
  it.each<[string, JsonObject, number]>([
    ['redis', {}, 0],
    ['redis', { args: ['--maxmemory', '100mb'] }, 0],
    ['redis', { args: ['--appendonly', 'yes'] }, 1],
    ['redis', { args: ['redis-server', '--appendonly', 'yes'] }, 1],
    ['redis', { args: ['--appendonly', 'no'] }, 0],
    ['redis', { command: ['redis-server'], args: ['--save', '60', '1'] }, 1],
    ['redis', { args: ['--save', ''] }, 0],
    ['redis', { args: ['--save', '', '--appendonly', 'no'] }, 0],
    ['redis', shell('redis-server --save "" --appendonly yes'), 1],
    ['redis', shell('redis-server --save ""'), 0],
    ['redis/redis-stack-server', env({ REDIS_ARGS: '--requirepass x --appendonly yes' }), 1],
    ['bitnami/redis', {}, 0],
    ['bitnami/redis', env({ REDIS_AOF_ENABLED: 'no' }), 0],
    ['bitnami/valkey', env({ VALKEY_AOF_ENABLED: 'yes' }), 1],
    ['bitnami/redis', env({ REDIS_RDB_POLICY: '900#1 300#10' }), 1],
    ['nats', {}, 0],
    ['nats', { args: ['-js'] }, 1],
    ['nats', { args: ['--jetstream', '-p', '4222'] }, 1],
    ['consul', { args: ['agent', '-server', '-bootstrap-expect=3'] }, 1],
    ['consul', { args: ['agent', '-join=consul'] }, 0],
  ])('%s %j: %j', (image, container, count) => {
    expect(directories(image, container)).toHaveLength(count)
  })
})

describe('dataDirectories: where', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['postgres', env({ PGDATA: '/pg/data/' }), ['=/pg/data']],
    ['postgres', { args: ['-D', '/pg'], ...env({ PGDATA: '/elsewhere' }) }, ['=/pg']],
    ['postgres', shell('export PGDATA=/pg\nexec docker-entrypoint.sh postgres'), ['=/pg']],
    ['postgres', env({ PGDATA: '$(BASE)/data', BASE: '/pg' }), ['=/pg/data']],
    ['postgres', env({ PGDATA: '/pg/$(POD_NAME)/data' }), ['=/pg']],
    ['postgres', env({ PGDATA: '$(BASE)/data' }), []],
    ['postgres', { env: [{ name: 'PGDATA', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }] }, []],
    ['postgres', env({ PGDATA: 'data' }), []],
    ['mysql', { args: ['--datadir=/db'] }, ['=/db']],
    ['mongo', { args: ['--dbpath', '/srv/mongo', '--bind_ip_all'] }, ['=/srv/mongo']],
    ['apache/kafka', env({ KAFKA_LOG_DIRS: '/d0,/d1' }), ['=/d0', '=/d1']],
    ['elasticsearch', env({ 'path.data': '/es' }), ['=/es']],
    ['elasticsearch', { args: ['elasticsearch', '-Epath.data=/es'] }, ['=/es']],
    ['etcd', {}, ['/default.etcd']],
    ['etcd', { command: ['etcd', '--data-dir=/var/etcd'] }, ['=/var/etcd']],
    ['etcd', shell('exec etcd --data-dir "/var/etcd/$POD_NAME"'), ['=/var/etcd']],
    ['zookeeper', {}, ['/data', '/datalog']],
    ['zookeeper', env({ ZOO_DATA_LOG_DIR: '/data/log' }), ['/data', '=/data/log']],
    [
      'kubernetes-zookeeper',
      shell('start-zookeeper --servers=3 --data_dir=/var/lib/zookeeper/data'),
      ['=/var/lib/zookeeper/data'],
    ],
    ['cockroach', { args: ['start', '--store=path=/c,size=10%', '--store', '/e'] }, ['=/c', '=/e']],
    ['cockroach', { args: ['start', '--store=type=mem,size=1GB'] }, []],
    ['minio', { args: ['server', '/export'] }, ['=/export', '/export?']],
    ['minio', { args: ['server', '--console-address', ':9090', '/d{1...4}'] }, ['=/d1', '/export?']],
    ['minio', { args: ['server', 'http://minio-{0...3}.minio/data'] }, ['=/data', '/export?']],
    ['minio', { args: ['server', '--certs-dir', '/tmp/certs'] }, ['/data?', '/export?']],
    ['minio', { args: ['server'], ...env({ MINIO_VOLUMES: '/a /b' }) }, ['=/a', '=/b', '/export?']],
    [
      'flink',
      { args: ['jobmanager'] },
      ['/checkpoints?', '/savepoints?', '/flink-checkpoints?', '/opt/flink/checkpoints?', '/ha?'],
    ],
    [
      'flink',
      { args: ['jobmanager', '-Dstate.checkpoints.dir=file:///cp'] },
      ['=/cp', '/savepoints?', '/flink-checkpoints?', '/opt/flink/checkpoints?', '/ha?'],
    ],
    [
      'flink',
      { args: ['taskmanager'], ...env({ FLINK_PROPERTIES: 'a: b\nstate.checkpoints.dir: s3://bucket/cp\n' }) },
      ['/savepoints?', '/flink-checkpoints?', '/opt/flink/checkpoints?', '/ha?'],
    ],
    ['registry.example.com/ledger', { args: ['--datadir=/x'] }, ['/var/ledger']],
  ])('%s %j: %j', (image, container, expected) => {
    expect(directories(image, container)).toEqual(expected)
  })

  it('looks at 64 directories at most', () => {
    const args = Array.from({ length: 1000 }, (_, index) => `--store=/d${index}`)
    expect(directories('cockroach', { args: ['start', ...args] })).toHaveLength(64)
  })
})
