import { type Arbitrary, constantFrom, oneof, tuple } from 'fast-check'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted } from './planted.ts'
import { container, inPodCarriers, type PodParts, podsWith } from './pods.ts'

/** A database's image, where it keeps its data, and a directory above that. */
const databases = constantFrom<readonly [image: string, directory: string, above: string]>(
  ['postgres', '/var/lib/postgresql/data', '/var/lib/postgresql'],
  ['mysql', '/var/lib/mysql', '/var/lib'],
  ['mongo', '/data/db', '/data'],
  ['rabbitmq', '/var/lib/rabbitmq/mnesia', '/var/lib/rabbitmq'],
  ['elasticsearch', '/usr/share/elasticsearch/data', '/usr/share/elasticsearch'],
)

const names = constantFrom(
  (name: string) => name,
  (name: string) => `${name}:16.2`,
  (name: string) => `docker.io/library/${name}:latest`,
  (name: string) => `registry.example.com:5000/mirror/${name}@sha256:${'0123456789abcdef'.repeat(4)}`,
)

/** Where a mount is that has the data in it: at the directory, however it is written, or above it. */
const reaching = constantFrom(
  (directory: string, _above: string) => directory,
  (directory: string, _above: string) => `${directory}/`,
  (directory: string, _above: string) => directory.replaceAll('/', '//'),
  (_directory: string, above: string) => above,
)

/** Whether it runs beside the others or as a sidecar that is started before them. */
const roles = constantFrom<{ readonly lists: PodParts['lists']; readonly members: JsonObject }>(
  { lists: ['containers'], members: {} },
  { lists: ['initContainers'], members: { restartPolicy: 'Always' } },
)

const servers = tuple(databases, names, reaching, roles)

/** A database that has its data on one of the volumes. */
function on(sources: Arbitrary<Planted>): Arbitrary<Planted> {
  const parts = tuple(servers, sources).map(
    ([[[image, directory, above], nameOf, reach, { lists = [], members }], source]): PodParts => {
      const volumeMounts = [{ name: 'planted', mountPath: reach(directory, above) }]
      const { places, known = [] } = source
      return {
        volume: { part: { name: 'planted', ...source.part }, places, known },
        container: harmless(container({ image: nameOf(image), volumeMounts, ...members })),
        lists,
      }
    },
  )
  return inPodCarriers(podsWith(parts))
}

function claimSpec(...accessModes: readonly string[]): JsonObject {
  return { accessModes, storageClassName: 'files', resources: { requests: { storage: '2Gi' } } }
}

function claimNamed(name: string, ...accessModes: readonly string[]): JsonObject {
  const metadata = { name, namespace: 'shop' }
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claimSpec(...accessModes) }
}

const lost = constantFrom(
  planted({ emptyDir: { sizeLimit: '9Gi' } }, 'data-directory', '/emptyDir'),
  planted({ emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }, 'data-directory', '/emptyDir'),
  planted({ hostPath: { path: '/opt/shared/data/db' } }, 'data-directory', '/hostPath'),
  planted({ ephemeral: { volumeClaimTemplate: { spec: claimSpec('ReadWriteOnce') } } }, 'data-directory', '/ephemeral'),
)

const shared = constantFrom<Planted>(
  {
    ...planted({ persistentVolumeClaim: { claimName: 'data' } }, 'shared', '/persistentVolumeClaim/claimName'),
    known: [claimNamed('data', 'ReadWriteOnce', 'ReadWriteMany')],
  },
  planted(
    { ephemeral: { volumeClaimTemplate: { spec: claimSpec('ReadWriteMany') } } },
    'shared',
    '/ephemeral/volumeClaimTemplate/spec/accessModes',
  ),
)

const alone = constantFrom<Planted>(
  {
    ...harmless({ persistentVolumeClaim: { claimName: 'data' } }),
    known: [claimNamed('data', 'ReadWriteOncePod', 'ReadWriteOnce'), claimNamed('Data', 'ReadWriteMany')],
  },
  harmless({ persistentVolumeClaim: { claimName: 'unknown' } }),
)

/** Programs that come with a database and keep nothing, in containers of its image. */
const clients = tuple(servers, constantFrom('pg_isready', 'mysqladmin', 'mongosh')).map(
  ([[[image, directory], nameOf], program]): PodParts => ({
    volume: harmless({ name: 'planted', emptyDir: { sizeLimit: '1Gi' } }),
    container: harmless(
      container({
        image: nameOf(image),
        command: [program, '--host', 'db'],
        volumeMounts: [{ name: 'planted', mountPath: directory }],
      }),
    ),
  }),
)

/** What is wrong with where databases keep their data. */
export const databaseOffences: readonly Offence[] = [
  {
    policy: 'pod-durable-state',
    what: 'a database whose data goes with its pod',
    bad: on(lost),
    good: oneof(on(alone), inPodCarriers(podsWith(clients))),
  },
  {
    policy: 'claim-no-shared-database',
    what: 'a database on a volume that many pods can write to',
    bad: on(shared),
    good: oneof(on(alone), inPodCarriers(podsWith(clients))),
  },
]
