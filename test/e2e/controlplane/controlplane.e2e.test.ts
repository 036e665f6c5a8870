import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueServerCertificate } from './certificates.ts'
import { runCommand } from './command.ts'
import { commandLinesWith } from './processes.ts'
import { type ControlPlane, startControlPlane } from './start.ts'
import { waitFor } from './wait-for.ts'

let cluster: ControlPlane
beforeAll(async () => {
  cluster = await startControlPlane()
})
afterAll(() => cluster?.stop())

function apply(...objects: readonly object[]) {
  return cluster.kubectl(['apply', '-f', '-'], { input: list(objects) })
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
}

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data }
}

async function read(kind: string, name: string, jsonpath: string): Promise<string> {
  return (await cluster.kubectl(['get', kind, name, `--output=jsonpath=${jsonpath}`])).stdout
}

describe('the API server', () => {
  it('is Kubernetes v1.36.3', async () => {
    expect((await cluster.kubectl(['version'])).stdout).toContain('Server Version: v1.36.3')
  })

  it('stores a StorageClass without volumeBindingMode and reclaimPolicy with its own defaults', async () => {
    await apply({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'plain' },
      provisioner: 'disks.example.com',
    })
    expect(await read('storageclass', 'plain', '{.volumeBindingMode} {.reclaimPolicy}')).toBe('Immediate Delete')
  })

  it('tells kubectl what a webhook on loopback denied', async () => {
    const { key, certificate } = await issueServerCertificate()
    const webhook = createServer({ key, cert: certificate }, (request, response) => {
      void text(request).then((review) => response.end(denial(JSON.parse(review).request.uid)))
    }).listen(0, '127.0.0.1')
    await once(webhook, 'listening')
    const address = webhook.address()
    const port = typeof address === 'object' ? address?.port : undefined
    try {
      await apply(webhookConfiguration(`https://127.0.0.1:${port}/`, certificate))
      const { stderr } = await waitFor(
        () => cluster.kubectl(['create', 'configmap', 'denied', '--dry-run=server'], { expectFailure: true }),
        { timeoutMs: 10_000, what: 'the API server to call the webhook' },
      )
      expect(stderr).toBe(
        'error: failed to create configmap: admission webhook "test.holdfast.dev" denied the request: no storage for you\n',
      )
    } finally {
      await cluster.kubectl(['delete', 'validatingwebhookconfiguration', 'test', '--ignore-not-found'])
      webhook.closeAllConnections()
      webhook.close()
    }
  })

  it('enforces RBAC for other users', async () => {
    const kubeconfig = await cluster.kubeconfigFor('jane, "the" dev=1', ['developers', 'a+b'])
    const review = await cluster.kubectl(['auth', 'whoami', '--output=json'], { kubeconfig })
    expect(JSON.parse(review.stdout).status.userInfo).toMatchObject({
      username: 'jane, "the" dev=1',
      groups: ['developers', 'a+b', 'system:authenticated'],
    })
    const get = ['get', 'configmaps', '--namespace=default']
    expect((await cluster.kubectl(get, { kubeconfig, expectFailure: true })).stderr).toContain('(Forbidden)')
    // Not the role "view": it is empty until clusterrole-aggregation-controller has run.
    await cluster.kubectl(['create', 'role', 'reader', '--verb=list', '--resource=configmaps'])
    await cluster.kubectl(['create', 'rolebinding', 'readers', '--role=reader', '--group=developers'])
    await waitFor(() => cluster.kubectl(get, { kubeconfig }), { timeoutMs: 10_000, what: 'the role to apply' })
  })

  it('writes an audit log without contents', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'default' } }
    await apply({ ...secret, stringData: { password: 'correct-horse-battery' } })
    const log = await readFile(cluster.auditLog, 'utf8')
    expect(log).toContain('"resource":"secrets","namespace":"default","name":"key"')
    expect(log).not.toContain('correct-horse-battery')
    expect(log).not.toContain(Buffer.from('correct-horse-battery').toString('base64'))
    expect(log).not.toContain('"requestObject"')
  })

  it('keeps its address and its objects over a restart', async () => {
    await apply(configMap('kept', { answer: '42' }))
    await cluster.stopApiServer()
    await expect(cluster.kubectl(['get', 'configmap', 'kept'])).rejects.toThrow(/refused/)
    await cluster.startApiServer()
    expect(await read('configmap', 'kept', '{.data.answer}')).toBe('42')
  })
})

describe('flux-apply', () => {
  const flux = (...args: readonly string[]) =>
    runCommand(cluster.binaries.fluxApply, args, { env: { KUBECONFIG: cluster.kubeconfig } })

  it('applies a file as kustomize-controller does', async () => {
    const file = join(cluster.folder, 'flux.json')
    await writeFile(file, list([configMap('from-git', { key: 'one' })]))
    expect((await flux(file)).stdout).toBe('ConfigMap/default/from-git created\n')
    expect((await flux(file)).stdout).toBe('ConfigMap/default/from-git unchanged\n')
    await writeFile(file, list([configMap('from-git', { key: 'two' })]))
    expect((await flux('--force', file)).stdout).toBe('ConfigMap/default/from-git configured\n')
    const managers = await cluster.kubectl(['get', 'cm', 'from-git', '--show-managed-fields', '--output=json'])
    expect(JSON.parse(managers.stdout).metadata).toMatchObject({
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'holdfast-e2e' },
      managedFields: [{ manager: 'kustomize-controller', operation: 'Apply' }],
    })
  })

  it('recreates an object with an immutable change only when forced', async () => {
    const storageClass = (provisioner: string) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'from-git' },
      provisioner,
    })
    const file = join(cluster.folder, 'class.json')
    await writeFile(file, list([storageClass('one.example.com')]))
    await flux(file)
    await writeFile(file, list([storageClass('two.example.com')]))
    await expect(flux(file)).rejects.toThrow(/exit code 1\nerror: StorageClass\/from-git dry-run failed/)
    expect((await flux('--force', file)).stdout).toBe('StorageClass/from-git created\n')
  })

  it.each([
    { args: [], message: 'error: usage: flux-apply [--force] FILE\n' },
    { args: ['--unknown', 'x'], message: 'error: flag provided but not defined: -unknown\n' },
    { args: ['/nowhere.yaml'], message: 'error: open /nowhere.yaml: no such file or directory\n' },
    { args: ['/dev/null'], message: 'error: /dev/null: holds no Kubernetes object\n' },
  ])('refuses $args', async ({ args, message }) => {
    const env = { KUBECONFIG: cluster.kubeconfig }
    const result = await runCommand(cluster.binaries.fluxApply, args, { env, expectFailure: true })
    expect(result).toEqual({ stdout: '', stderr: message, code: 1 })
  })

  it('needs a kubeconfig', async () => {
    const result = await runCommand(cluster.binaries.fluxApply, ['/dev/null'], {
      env: { KUBECONFIG: undefined },
      expectFailure: true,
    })
    expect(result.stderr).toContain('KUBECONFIG is not set')
  })
})

describe('controllers', () => {
  beforeAll(() => cluster.startControllers(['persistentvolume-binder-controller', 'statefulset-controller']))

  it('make the claims of a StatefulSet as its service account, and bind them', async () => {
    await apply(volume('disk-0'), statefulSet('db'))
    await waitFor(async () => (await read('pvc', 'data-db-0', '{.status.phase}')) === 'Bound', {
      timeoutMs: 30_000,
      what: 'the claim to be bound',
    })
    const events = (await readFile(cluster.auditLog, 'utf8')).split('\n').filter((line) => line !== '')
    const creation = events
      .map((line) => JSON.parse(line))
      .find(({ verb, objectRef }) => verb === 'create' && objectRef?.resource === 'persistentvolumeclaims')
    expect(creation.user.username).toBe('system:serviceaccount:kube-system:statefulset-controller')
  })

  it('are refused by name when there is no such controller', async () => {
    await expect(cluster.startControllers(['no-such-controller'])).rejects.toThrow(
      /kube-controller-manager ended before it was ready; the end of its log:[^]*no-such-controller/,
    )
  })
})

describe('stop', () => {
  it('leaves no process and no folder, and can be called again', async () => {
    await cluster.startControllers(['persistentvolume-binder-controller'])
    expect(await commandLinesWith(cluster.folder)).toHaveLength(4)
    await cluster.stop()
    await cluster.stop()
    expect(await commandLinesWith(cluster.folder)).toEqual([])
    expect(existsSync(cluster.folder)).toBe(false)
  })
})

function denial(uid: string): string {
  const status = { code: 403, reason: 'Forbidden', message: 'no storage for you' }
  const response = { uid, allowed: false, status }
  return JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response })
}

function webhookConfiguration(url: string, certificate: string) {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'test' },
    webhooks: [
      {
        name: 'test.holdfast.dev',
        clientConfig: { url, caBundle: Buffer.from(certificate).toString('base64') },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  }
}

function volume(name: string) {
  const spec = {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'static',
    hostPath: { path: '/nowhere' },
  }
  return { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec }
}

function statefulSet(name: string) {
  const labels = { app: name }
  const request = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'static',
    resources: { requests: { storage: '1Gi' } },
  }
  const spec = {
    serviceName: name,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name, image: 'db.example.com/db:1' }] } },
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: request }],
  }
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name, namespace: 'default' }, spec }
}
