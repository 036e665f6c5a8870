import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildControlPlane } from './build.ts'

describe('buildControlPlane', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'))
    vi.stubEnv('HOLDFAST_E2E_CACHE', join(folder, 'cache'))
    vi.stubEnv('KUBEBUILDER_ASSETS', folder)
    vi.stubEnv('PATH', folder)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })

  const program = (name: string, text = '#!/bin/sh\nexit 1\n') => writeFile(join(folder, name), text, { mode: 0o755 })

  it('takes what KUBEBUILDER_ASSETS holds', async () => {
    for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl', 'flux-apply']) {
      await program(name)
    }
    expect(await buildControlPlane()).toEqual({
      etcd: join(folder, 'etcd'),
      kubeApiserver: join(folder, 'kube-apiserver'),
      kubeControllerManager: join(folder, 'kube-controller-manager'),
      kubectl: join(folder, 'kubectl'),
      fluxApply: join(folder, 'flux-apply'),
    })
  })

  it.each([
    { missing: 'etcd', present: [] },
    { missing: 'kube-apiserver', present: ['etcd'] },
    { missing: 'kubectl', present: ['etcd', 'kube-apiserver', 'kube-controller-manager'] },
  ])('says what to do when $missing is missing and Go is too', async ({ missing, present }) => {
    for (const name of present) await program(name)
    await expect(buildControlPlane()).rejects.toThrow(
      `${missing} is not there and cannot be built, because go is not on the PATH. Install Go 1.26 or newer, or set ` +
        'KUBEBUILDER_ASSETS to a folder that holds etcd, kube-apiserver and kubectl',
    )
  })

  it('passes on what the compiler says, and leaves nothing half done', async () => {
    await program(
      'go',
      '#!/bin/sh\n[ "$1" = env ] && exit 0\nfor a; do [ -n "$o" ] && : > "$a"; o=; [ "$a" = -o ] && o=1; done\necho "no space left" >&2\nexit 1\n',
    )
    await expect(buildControlPlane()).rejects.toThrow(/go build -trimpath .* failed with exit code 1\nno space left$/)
    const [module = ''] = await readdir(join(folder, 'cache'))
    expect(module).toMatch(/^etcd-[0-9a-f]{16}$/)
    expect(await readdir(join(folder, 'cache', module))).toEqual([])
  })
})
