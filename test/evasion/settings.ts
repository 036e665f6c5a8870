import type { JsonObject } from '../../src/kubernetes/json.ts'

/** The settings under which the policies of this suite are judged: each refuses or repairs. */
export const settings: Readonly<Record<string, JsonObject>> = {
  'claim-access-mode-supported': { action: 'deny' },
  'claim-no-shared-database': { action: 'deny' },
  'claim-rwop-when-sensitive': { action: 'fix', templates: 'fix' },
  'claim-size': { action: 'deny', parameters: { min: '1Gi', max: '100Gi' } },
  'claim-storage-class': { action: 'deny', parameters: { denied: ['bulk*', 'old-?'] } },
  'configmap-no-secrets': { action: 'deny' },
  'env-no-secrets': { action: 'deny' },
  'pod-config-no-sub-path': { action: 'deny' },
  'pod-csi-volumes': { action: 'deny' },
  'pod-durable-state': { action: 'deny' },
  'pod-emptydir-bounded': { action: 'fix', templates: 'fix' },
  'pod-fs-group': { action: 'fix', templates: 'fix' },
  'pod-no-host-path': {
    action: 'deny',
    parameters: {
      allowed: [{ pathPrefix: '/var/log/pods', readOnly: true }, { pathPrefix: '/opt/shared/data' }],
    },
  },
  'pod-no-runtime-socket': { action: 'deny' },
  'pod-secret-mounts-read-only': { action: 'fix', templates: 'fix' },
  'pod-secrets-as-files': { action: 'deny', parameters: { allowNames: ['public-*'] } },
  'pod-volume-types': { action: 'deny' },
  'pv-csi-source': { action: 'deny' },
  'pv-no-host-path': { action: 'deny', parameters: { allowedPathPrefixes: ['/var/log/pods', '/opt/shared/data'] } },
  'pv-reclaim-policy': { action: 'fix' },
  'secret-no-last-applied': { action: 'deny' },
  'snapshotclass-deletion-policy': { action: 'fix' },
  'storageclass-allow-expansion': { action: 'fix' },
  'storageclass-csi-provisioner': { action: 'deny' },
  'storageclass-encrypted': { action: 'deny' },
  'storageclass-no-inline-credentials': { action: 'deny' },
  'storageclass-wait-for-first-consumer': { action: 'fix', parameters: { exemptProvisioners: ['nfs.*'] } },
}

/** A class of a driver that the project has facts about. */
export function storageClass(name: string, provisioner: string, annotations: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner,
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  }
}

/** What look-ups find for every object. None of these classes is the default. */
export const alwaysKnown: readonly JsonObject[] = [
  storageClass('gold', 'ebs.csi.aws.com'),
  storageClass('files', 'efs.csi.aws.com'),
  storageClass('vendor', 'disks.example.com'),
  storageClass('bulk', 'ebs.csi.aws.com'),
  storageClass('bulk-files', 'efs.csi.aws.com'),
  storageClass('old-1', 'ebs.csi.aws.com'),
  storageClass('gold-bulk', 'ebs.csi.aws.com'),
]

/** The kinds of which everything is known. */
export const completeKinds: readonly string[] = ['StorageClass']
