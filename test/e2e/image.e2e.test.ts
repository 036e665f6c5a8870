import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { json, text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onFreePorts } from './controlplane/ports.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { buildImage, copyContext, type Dockerfile, type Image, readDockerfile, removeTree } from './image-build.ts'
import { type TlsFiles, writeTlsFiles } from './webhook.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'holdfast-image-'))
const isRoot = process.getuid?.() === 0
const who = isRoot ? 'as uid 65532' : 'as the current user, who is not root'

let dockerfile: Dockerfile
let images: readonly Image[] = []
let tls: TlsFiles

/** Every file and folder below, relative, sorted. */
function entries(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
}

/** Hashes names, kinds, permissions, times and contents, its own folder's included. */
function hashOf(root: string): string {
  const hash = createHash('sha256')
  for (const name of ['.', ...entries(root)]) {
    const { mode, mtimeMs, size } = lstatSync(join(root, name))
    const isFile = lstatSync(join(root, name)).isFile()
    hash.update(`${name}\0${mode}\0${mtimeMs}\0${isFile ? size : ''}\0`)
    if (isFile) hash.update(readFileSync(join(root, name)))
  }
  return hash.digest('hex')
}

const app = (index = 0): string => join(images[index]?.root ?? '', 'app')

beforeAll(async () => {
  chmodSync(folder, 0o755)
  const context = join(folder, 'context')
  dockerfile = await readDockerfile(join(repository, 'Dockerfile'))
  // Once: somebody may be at work in the repository.
  await copyContext(repository, context)
  const build = (name: string): Promise<Image> => buildImage(dockerfile, context, join(folder, name))
  images = [await build('first'), await build('second')]
  mkdirSync(join(folder, 'tls'))
  tls = await writeTlsFiles(join(folder, 'tls'))
  for (const file of [tls.certFile, tls.keyFile]) chmodSync(file, 0o644)
})
afterAll(() => removeTree(folder))

describe('the Dockerfile', () => {
  it('has no warning of the linter', () => {
    expect(dockerfile.warnings).toEqual([])
  })

  it('builds with the Node that the tests run on', () => {
    expect(dockerfile.stages[0]?.base).toContain(`/node:${process.versions.node}-`)
  })

  it('builds the same tree twice', () => {
    expect(entries(app()).length).toBeGreaterThan(1000)
    expect(hashOf(app(1))).toBe(hashOf(app(0)))
  })

  it('puts in nothing but the program, its policies and what it needs', () => {
    expect(readdirSync(app()).sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json', 'policies'])
    const files = entries(app())
    expect(files.filter((file) => /\.([cm]?ts|map)$|\.test\.js$|(^|\/)test$/.test(file))).toEqual([])
    const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(repository, 'package.json'), 'utf8'),
    )
    const names = Object.keys(devDependencies)
    expect(names).toContain('typescript')
    // A package that a dependency brings is no devDependency of ours: @types/node is one of client-node's.
    const { packages }: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
      readFileSync(join(repository, 'package-lock.json'), 'utf8'),
    )
    const development = Object.keys(packages).filter((path) => packages[path]?.dev === true)
    expect(development).toContain('node_modules/typescript')
    expect(development.filter((path) => files.includes(path))).toEqual([])
  })

  it('leaves nothing in it that can be written to, and is not too large', () => {
    const all = entries(app()).map((file) => lstatSync(join(app(), file)))
    expect(all.filter(({ mode }) => (mode & 0o222) !== 0).length).toBe(0)
    const megabytes = all.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0) / 1e6
    process.stderr.write(`holdfast e2e: the image's own files are ${megabytes.toFixed(1)} MB\n`)
    expect(megabytes).toBeLessThan(80)
  })
})

/** Starts the image's ENTRYPOINT with these arguments, as its user, with nothing but its own environment. */
function start(image: Image, args: readonly string[]): ReturnType<typeof spawn> {
  const [uid, gid] = image.user.split(':').map(Number)
  const [node, main = ''] = image.entrypoint
  expect([node, uid, gid]).toEqual(['/nodejs/bin/node', 65_532, 65_532])
  return spawn(process.execPath, [join(image.root, main), ...args], {
    cwd: join(image.root, image.workdir),
    env: { ...image.env, TMPDIR: join(image.root, image.workdir) },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot && { uid, gid }),
  })
}

const review = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: {
    uid: 'of-the-image',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    resource: { group: '', version: 'v1', resource: 'pods' },
    name: 'any',
    namespace: 'default',
    operation: 'CREATE',
    userInfo: { username: 'somebody' },
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'any', namespace: 'default' },
      spec: { containers: [{ name: 'any', image: 'any' }], volumes: [{ name: 'host', hostPath: { path: '/etc' } }] },
    },
  },
}

async function ask(port: number): Promise<unknown> {
  const call = request(`https://127.0.0.1:${port}/validate?timeout=5s`, {
    method: 'POST',
    ca: tls.caPem,
    agent: false,
    headers: { 'content-type': 'application/json' },
  })
  call.end(JSON.stringify(review))
  const [response] = await once(call, 'response')
  return json(response)
}

describe('the image', () => {
  it(`serves ${who} from a read-only tree, and drains when it is told to stop`, async () => {
    const [image] = images
    if (image === undefined) throw new Error('there is no image')
    const before = hashOf(app())
    await onFreePorts(2, async (port, healthPort = 0) => {
      const ports = [`--port=${port}`, `--health-port=${healthPort}`]
      const files = [`--tls-cert=${tls.certFile}`, `--tls-key=${tls.keyFile}`]
      const child = start(image, ['serve', '--host=127.0.0.1', ...ports, ...files, '--drain-delay=0'])
      const ended = once(child, 'exit')
      const log = child.stderr === null ? '' : text(child.stderr)
      child.stdout?.resume()
      try {
        const started = performance.now()
        await waitFor(async () => (await fetch(`http://127.0.0.1:${healthPort}/readyz`)).ok, {
          timeoutMs: 20_000,
          what: 'the image to become ready',
          intervalMs: 20,
        })
        process.stderr.write(`holdfast e2e: ready after ${Math.round(performance.now() - started)} ms\n`)
        expect(await ask(port)).toMatchObject({ response: { uid: 'of-the-image', allowed: false } })
      } finally {
        child.kill('SIGTERM')
      }
      expect([...(await ended), await log]).toEqual([0, null, expect.stringContaining('"message":"stopped"}\n')])
    })
    expect(hashOf(app())).toBe(before)
  })

  it('has every command, for its checks need no more than its files', async () => {
    const [image] = images
    if (image === undefined) throw new Error('there is no image')
    const child = start(image, ['check', join('policies', 'pod-no-host-path', 'examples', 'denied')])
    const [code] = await once(child, 'exit')
    expect([code, relative(image.root, app())]).toEqual([1, 'app'])
  })
})
