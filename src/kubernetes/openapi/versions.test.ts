import { describe, expect, it } from 'vitest'
import { typeOfField } from './schemas.ts'
import { documentsOf, knownVersions, newestSchemas, schemasOfVersion } from './versions.ts'

const typeIn = (version: string, definition: string, field: string) =>
  typeOfField(schemasOfVersion(version)?.fieldsOf(definition) ?? {}, field)

describe('newestSchemas', () => {
  it.each([
    ['StorageClass', 'provisioner', 'string!'],
    ['StorageClass', 'reclaimPolicy', '=Delete|Retain'],
    ['ConfigMap', 'data', '{string}'],
    ['Secret', 'data', '{bytes}'],
    ['PersistentVolumeClaimSpec', 'accessModes', '[=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod]'],
    ['VolumeResourceRequirements', 'requests', '{quantity}'],
    ['PodSecurityContext', 'fsGroupChangePolicy', '=Always|OnRootMismatch'],
    ['HTTPGetAction', 'port', 'intOrString!'],
    ['VolumeSnapshotClass', 'deletionPolicy', '=Delete|Retain!'],
    ['CSIDriver', 'spec', 'CSIDriverSpec'],
    ['StorageClass', 'constructor', undefined],
    ['constructor', 'name', undefined],
  ])('knows %s.%s as %s', (definition, field, expected) => {
    expect(typeOfField(newestSchemas.fieldsOf(definition), field)).toBe(expected)
  })

  it('names stable versions first', () => {
    expect(newestSchemas.apiVersionsOf('VolumeAttributesClass')).toEqual([
      'storage.k8s.io/v1',
      'storage.k8s.io/v1beta1',
    ])
    expect(newestSchemas.apiVersionsOf('constructor')).toEqual([])
    expect(newestSchemas.definitionOf('Deployment', 'extensions/v1beta1')).toBeUndefined()
  })
})

describe('schemasOfVersion', () => {
  it.each([
    ['1.33', '1.33'],
    ['v1.33', '1.33'],
    ['v1.33.13', '1.33'],
    ['1.33.5-gke.100', '1.33'],
    ['v1.32.9+k3s1', '1.32'],
    ['1.36', '1.36'],
    ['1.30', undefined],
    ['1.3', undefined],
    ['33', undefined],
    ['', undefined],
    ['1.33 or so', undefined],
    ['constructor', undefined],
  ])('reads %s as %s', (text, version) => {
    expect(schemasOfVersion(text)?.version).toBe(version)
  })

  it('knows six versions, the newest first', () => {
    expect(knownVersions).toEqual(['1.36', '1.35', '1.34', '1.33', '1.32', '1.31'])
    expect(newestSchemas.version).toBe('1.36')
  })

  // Kubernetes' OpenAPI (api/openapi-spec/v3) of each version; some fields are behind a feature gate at first.
  it.each<[string, string, readonly string[]]>([
    ['PodSpec', 'schedulingGroup', ['1.36']],
    ['PodSpec', 'workloadRef', ['1.35']],
    ['CSIDriverSpec', 'preventPodSchedulingIfMissing', ['1.36']],
    ['CSIDriverSpec', 'serviceAccountTokenInSecrets', ['1.36', '1.35']],
    ['CSIDriverSpec', 'nodeAllocatableUpdatePeriodSeconds', ['1.36', '1.35', '1.34', '1.33']],
    ['Container', 'restartPolicyRules', ['1.36', '1.35', '1.34']],
    ['EnvVarSource', 'fileKeyRef', ['1.36', '1.35', '1.34']],
    ['PodSpec', 'hostnameOverride', ['1.36', '1.35', '1.34']],
    ['VolumeProjection', 'podCertificate', ['1.36', '1.35', '1.34']],
    ['Lifecycle', 'stopSignal', ['1.36', '1.35', '1.34', '1.33']],
    ['PodSpec', 'resources', ['1.36', '1.35', '1.34', '1.33', '1.32']],
    ['PodSecurityContext', 'seLinuxChangePolicy', ['1.36', '1.35', '1.34', '1.33', '1.32']],
    ['PersistentVolumeClaimSpec', 'volumeAttributesClassName', knownVersions],
    ['Volume', 'image', knownVersions],
    ['ResourceClaim', 'request', knownVersions],
    ['ContainerRestartRule', 'action', ['1.36', '1.35', '1.34']],
  ])('has %s.%s in %j', (definition, field, versions) => {
    expect(knownVersions.filter((version) => typeIn(version, definition, field) !== undefined)).toEqual(versions)
  })

  it.each<[string, readonly string[]]>([
    ['1.36', ['storage.k8s.io/v1', 'storage.k8s.io/v1beta1']],
    ['1.35', ['storage.k8s.io/v1', 'storage.k8s.io/v1beta1']],
    ['1.34', ['storage.k8s.io/v1', 'storage.k8s.io/v1beta1', 'storage.k8s.io/v1alpha1']],
    ['1.33', ['storage.k8s.io/v1beta1', 'storage.k8s.io/v1alpha1']],
    ['1.31', ['storage.k8s.io/v1beta1', 'storage.k8s.io/v1alpha1']],
  ])('of %s serves a VolumeAttributesClass as %j', (version, served) => {
    expect(schemasOfVersion(version)?.apiVersionsOf('VolumeAttributesClass')).toEqual(served)
  })

  it('changes values of closed sets, and what has to be there', () => {
    expect(typeIn('1.35', 'Toleration', 'operator')).toBe('=Equal|Exists|Gt|Lt')
    expect(typeIn('1.34', 'Toleration', 'operator')).toBe('=Equal|Exists')
    // The API server of 1.32 took a StatefulSet without it, although its OpenAPI says that it is required.
    expect(typeIn('1.32', 'StatefulSetSpec', 'serviceName')).toBe('string')
  })
})

describe('changeOf', () => {
  it.each([
    ['1.31', 'PodSpec', 'hostnameOverride', { verb: 'added', version: '1.34' }],
    ['1.33', 'PodSpec', 'hostnameOverride', { verb: 'added', version: '1.34' }],
    ['1.33', 'PodSpec', 'workloadRef', { verb: 'added', version: '1.35' }],
    ['1.36', 'PodSpec', 'workloadRef', { verb: 'removed', version: '1.36' }],
    ['1.33', 'PodSpec', 'nothing', undefined],
    ['1.33', 'PodSpec', 'constructor', undefined],
  ])('in %s of %s.%s is %j', (version, definition, field, expected) => {
    const change = schemasOfVersion(version)?.changeOf(
      (schemas) => typeOfField(schemas.fieldsOf(definition), field) !== undefined,
    )
    expect(change).toEqual(expected)
  })
})

describe('documentsOf', () => {
  it('builds each version from the one after it', () => {
    const latest = {
      version: '1.3',
      kinds: { Pod: { v1: 'Pod' }, New: { v1: 'New' } },
      definitions: { Pod: { a: 'string', b: 'string!' }, New: {} },
    }
    const versions = documentsOf(latest, {
      '1.2': {
        kinds: { New: null },
        definitions: { New: null, Pod: { a: null, b: 'string', c: 'Old' }, Old: { d: 'any' } },
      },
      '1.1': { kinds: { Pod: { v1: null, v0: 'Pod' } }, definitions: {} },
    })
    const definitions = { Pod: { b: 'string', c: 'Old' }, Old: { d: 'any' } }
    expect(versions).toEqual([
      { version: '1.3', document: latest },
      { version: '1.2', document: { kinds: { Pod: { v1: 'Pod' } }, definitions } },
      { version: '1.1', document: { kinds: { Pod: { v0: 'Pod' } }, definitions } },
    ])
  })
})
