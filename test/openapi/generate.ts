/**
 * Writes the schemas that `manifest-valid` judges by:
 *
 *     node test/openapi/generate.ts
 *
 * It reads Kubernetes' OpenAPI v3 documents and the snapshot CRDs from their Go modules, which `go mod download`
 * fetches, and writes into src/kubernetes/openapi: newest.json, older.json (what each older version has otherwise than
 * the one after it), snapshots.json and group-kinds.json. Format the result with biome.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { asArray, asObject, asString, at, isObject, type JsonObject, member } from '../../src/kubernetes/json.ts'
import { knownKinds, parseGroupKind } from '../../src/kubernetes/kinds.ts'
import { groupVersion } from '../../src/kubernetes/object.ts'
import { type ClosedSets, closedSetsOf, Compactor, type CompactSchemas, shortName } from './compact.ts'
import { differenceOf } from './difference.ts'

// The newest patch of each minor version that `go list -m -versions k8s.io/kubernetes` names, newest first.
const kubernetesVersions = [pinnedVersion(), 'v1.35.4', 'v1.34.4', 'v1.33.13', 'v1.32.13', 'v1.31.14']
const snapshotModule = 'github.com/kubernetes-csi/external-snapshotter/client/v8@v8.7.0'

const snapshotGroup = 'snapshot.storage.k8s.io'

const target = join(import.meta.dirname, '../../src/kubernetes/openapi')

// Sets that the API server enforces in code, although its OpenAPI does not know them: pkg/apis/{storage,apps,core}/validation
// and apimachinery's metav1/validation.
const enforcedSets: ClosedSets = new Map([
  ['CSIDriverSpec.fsGroupPolicy', ['ReadWriteOnceWithFSType', 'File', 'None']],
  ['CSIDriverSpec.volumeLifecycleModes', ['Persistent', 'Ephemeral']],
  // OpenAPI has Recycle too, which a class cannot have (supportedReclaimPolicy).
  ['StorageClass.reclaimPolicy', ['Delete', 'Retain']],
  ['StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted', ['Delete', 'Retain']],
  ['StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled', ['Delete', 'Retain']],
  ['LabelSelectorRequirement.operator', ['In', 'NotIn', 'Exists', 'DoesNotExist']],
  ['PodSecurityContext.seLinuxChangePolicy', ['Recursive', 'MountOption']],
  ['ContainerResizePolicy.restartPolicy', ['NotRequired', 'RestartContainer']],
  ['Container.restartPolicy', ['Always', 'OnFailure', 'Never']],
  ['VolumeMount.recursiveReadOnly', ['Disabled', 'IfPossible', 'Enabled']],
  ['PodOS.name', ['linux', 'windows']],
])

// Required by OpenAPI only because the Go field is no pointer: the API server takes its zero value.
const notEnforced = new Set([
  'CSIDriver.spec',
  'HTTPHeader.value',
  'ISCSIPersistentVolumeSource.lun',
  'ISCSIVolumeSource.lun',
  'PodFailurePolicy.rules',
  'PodFailurePolicyOnPodConditionsPattern.status',
  'PreferredSchedulingTerm.preference',
  'ScaleIOPersistentVolumeSource.secretRef',
  'ScaleIOVolumeSource.secretRef',
  'SleepAction.seconds',
  'StatefulSetSpec.serviceName',
  'Sysctl.value',
  'TokenRequest.audience',
])

// Group and version of the documents read, as their files are called. Optional ones are alpha and beta versions that come and go.
const documents = [
  { apiVersion: 'v1', file: 'api__v1' },
  { apiVersion: 'apps/v1', file: 'apis__apps__v1' },
  { apiVersion: 'batch/v1', file: 'apis__batch__v1' },
  { apiVersion: 'storage.k8s.io/v1', file: 'apis__storage.k8s.io__v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', file: 'apis__storage.k8s.io__v1beta1' },
  { apiVersion: 'storage.k8s.io/v1alpha1', file: 'apis__storage.k8s.io__v1alpha1' },
]

const groupKinds = new Map<string, Set<string>>()
const [newest, ...older] = kubernetesVersions.map((version) => ({
  version: version.split('.').slice(0, 2).join('.').slice(1),
  schemas: kubernetesSchemas(moduleFolder(`k8s.io/kubernetes@${version}`)),
}))
if (newest === undefined) throw new Error('there is no version to read')
write('newest.json', { version: newest.version, ...newest.schemas })
write(
  'older.json',
  Object.fromEntries(
    older.map(({ version, schemas }, index) => [version, differenceOf((older[index - 1] ?? newest).schemas, schemas)]),
  ),
)
write('snapshots.json', snapshotSchemas(moduleFolder(snapshotModule)))
write('group-kinds.json', Object.fromEntries([...groupKinds].map(([group, kinds]) => [group, [...kinds].sort()])))

function pinnedVersion(): string {
  const goMod = readFileSync(join(import.meta.dirname, '../e2e/controlplane/kubernetes/go.mod'), 'utf8')
  const [, pinned] = /k8s\.io\/kubernetes (v[0-9.]+)/.exec(goMod) ?? []
  if (pinned === undefined) throw new Error('the e2e control plane names no version of Kubernetes')
  return pinned
}

function moduleFolder(module: string): string {
  const answer: unknown = JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' }))
  const folder = isObject(answer) ? asString(answer['Dir']) : undefined
  if (folder === undefined) throw new Error(`go mod download says nothing of where ${module} is`)
  return folder
}

function kubernetesSchemas(folder: string): CompactSchemas {
  const generated = readFileSync(join(folder, 'pkg/generated/openapi/zz_generated.openapi.go'), 'utf8')
  const compactor = new Compactor({ closedSets: new Map([...closedSetsOf(generated), ...enforcedSets]), notEnforced })
  for (const { apiVersion, file } of documents) {
    const path = join(folder, `api/openapi-spec/v3/${file}_openapi.json`)
    if (!existsSync(path)) continue
    const schemas = asObject(at(JSON.parse(readFileSync(path, 'utf8')), 'components', 'schemas'))
    for (const definition of Object.keys(schemas)) {
      noteKinds(asObject(schemas[definition]), apiVersion)
      const kind = shortName(definition)
      if (isOf(asObject(schemas[definition]), kind, apiVersion))
        compactor.addKind(kind, apiVersion, definition, schemas)
    }
  }
  return compactor.result()
}

/** Notes the kinds that a definition is in the group of this apiVersion. */
function noteKinds(schema: JsonObject, apiVersion: string): void {
  const { group } = groupVersion(apiVersion)
  for (const type of asArray(schema['x-kubernetes-group-version-kind'])) {
    if (member(type, 'group') === group) noteKind(group, asString(member(type, 'kind')))
  }
}

function noteKind(group: string, kind: string | undefined): void {
  const kinds = groupKinds.get(group) ?? new Set()
  if (kind !== undefined) groupKinds.set(group, kinds.add(kind))
}

/** Whether a definition is a kind that is judged, of this apiVersion. */
function isOf(schema: JsonObject, kind: string, apiVersion: string): boolean {
  const { group, version } = groupVersion(apiVersion)
  return (
    knownKinds.includes(kind) &&
    parseGroupKind(kind) === (group === '' ? kind : `${kind}.${group}`) &&
    asArray(schema['x-kubernetes-group-version-kind']).some(
      (type) => member(type, 'group') === group && member(type, 'version') === version && member(type, 'kind') === kind,
    )
  )
}

function snapshotSchemas(folder: string): CompactSchemas {
  const compactor = new Compactor({ closedSets: new Map(), notEnforced: new Set() })
  for (const plural of ['volumesnapshots', 'volumesnapshotclasses', 'volumesnapshotcontents']) {
    const file = join(folder, `config/crd/${snapshotGroup}_${plural}.yaml`)
    const definition: unknown = load(readFileSync(file, 'utf8'))
    if (!isObject(definition)) throw new Error(`${file} is no object`)
    const kind = asString(at(definition, 'spec', 'names', 'kind')) ?? ''
    noteKind(snapshotGroup, kind)
    noteKind(snapshotGroup, asString(at(definition, 'spec', 'names', 'listKind')))
    for (const version of asArray(at(definition, 'spec', 'versions'))) {
      if (member(version, 'served') !== true) continue
      const apiVersion = `${snapshotGroup}/${asString(member(version, 'name')) ?? ''}`
      compactor.addCustomKind(kind, apiVersion, asObject(at(version, 'schema', 'openAPIV3Schema')))
    }
  }
  return compactor.result()
}

function write(name: string, content: object): void {
  writeFileSync(join(target, name), `${JSON.stringify(content, undefined, 2)}\n`)
}
