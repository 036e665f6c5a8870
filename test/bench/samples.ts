import type { JsonObject } from '../../src/kubernetes/json.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'

/** The bodies that are sent; the names say how large the object in the review is. */
export const bodyNames = ['2 KB Pod', '100 KB ConfigMap', '1 MB ConfigMap'] as const
export type BodyName = (typeof bodyNames)[number]

/** A review as the API server sends it when this object is created. */
export function reviewBody(name: BodyName): string {
  const object = objects[name]()
  const { apiVersion: version, kind, name: objectName } = referenceOf(object)
  const requestKind = { group: '', version, kind }
  const resource = { group: '', version, resource: `${kind.toLowerCase()}s` }
  return JSON.stringify({
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: requestKind,
      resource,
      requestKind,
      requestResource: resource,
      name: objectName,
      namespace: 'shop',
      operation: 'CREATE',
      userInfo: {
        username: 'system:serviceaccount:kube-system:replicaset-controller',
        uid: '5f2d6a1e-1c1b-4f4e-9d55-0c6f3f1b9f10',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
      },
      object,
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
    },
  })
}

const objects: Readonly<Record<BodyName, () => JsonObject>> = {
  '2 KB Pod': pod,
  '100 KB ConfigMap': () => configMap(100 * 1024),
  '1 MB ConfigMap': () => configMap(1024 * 1024),
}

function container(name: string, mounts: readonly JsonObject[]): JsonObject {
  return {
    name,
    image: `registry.example.com/shop/${name}:1.27.3`,
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    volumeMounts: [
      ...mounts,
      { name: 'kube-api-access-x2x4q', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ],
    imagePullPolicy: 'IfNotPresent',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  }
}

/** A pod with two containers, a claim, a configMap and the projected token; it breaks no built-in policy. */
export function pod(): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-7d9c5b8f6d-x2x4q',
      generateName: 'web-7d9c5b8f6d-',
      namespace: 'shop',
      labels: { app: 'web', 'pod-template-hash': '7d9c5b8f6d' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-7d9c5b8f6d', controller: true }],
    },
    spec: {
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'web-data' } },
        { name: 'settings', configMap: { name: 'web-settings', defaultMode: 420 } },
        {
          name: 'kube-api-access-x2x4q',
          projected: {
            sources: [
              { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
              { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            ],
            defaultMode: 420,
          },
        },
      ],
      containers: [
        container('web', [
          { name: 'data', mountPath: '/data' },
          { name: 'settings', mountPath: '/etc/web', readOnly: true },
        ]),
        container('metrics', [{ name: 'settings', mountPath: '/etc/metrics', readOnly: true }]),
      ],
      restartPolicy: 'Always',
      serviceAccountName: 'web',
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        fsGroup: 2000,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }],
    },
  }
}

const files: readonly (readonly [name: string, part: (index: number) => string])[] = [
  [
    'nginx.conf',
    (index) =>
      `upstream backend_${index} {\n  server app-${index}.shop.svc.cluster.local:8080 max_fails=3;\n  keepalive 16;\n}\n` +
      `server {\n  listen 80;\n  server_name shop-${index}.example.com;\n  location / {\n` +
      `    proxy_pass http://backend_${index};\n    proxy_set_header Host $host;\n  }\n}\n`,
  ],
  [
    'features.json',
    (index) =>
      `${JSON.stringify({ feature: `checkout-step-${index}`, enabled: index % 3 === 0, rollout: index % 100, owners: ['payments', 'web'] })}\n`,
  ],
  [
    'application.properties',
    (index) =>
      `# Limits of tenant ${index}\ntenant.${index}.pool.size=${10 + (index % 40)}\ntenant.${index}.timeout=30s\n` +
      `tenant.${index}.url=https://tenant-${index}.example.com/api/v2\ntenant.${index}.log.level=INFO\n`,
  ],
]

/** A ConfigMap with configuration files of about so many bytes together, free of credentials. */
export function configMap(bytes: number): JsonObject {
  const share = bytes / files.length
  const data: Record<string, string> = {}
  for (const [name, part] of files) {
    let text = ''
    for (let index = 0; text.length < share; index += 1) text += part(index)
    data[name] = text
  }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web-settings', namespace: 'shop' }, data }
}

/** A StorageClass as one should be. */
export function storageClass(): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'gold', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'ebs.csi.aws.com',
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
  }
}

/** A claim for a volume of that class. */
export function claim(name: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'shop', labels: { app: 'db' } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'gold',
      resources: { requests: { storage: '20Gi' } },
    },
  }
}
