import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './command.ts'

/** Absolute paths of the programs that end-to-end tests run. */
export interface Binaries {
  readonly etcd: string
  readonly kubeApiserver: string
  readonly kubeControllerManager: string
  readonly fluxApply: string
  readonly kubectl: string
}

/** How one program is built: the folder of the Go module that pins it, and the package in that module's graph. */
export interface Recipe {
  readonly program: string
  readonly module: string
  readonly package: string
  readonly flags: readonly string[]
}

const HERE = dirname(fileURLToPath(import.meta.url))
const KUBERNETES_VERSION = 'v1.36.3'

// The order of the linker's -X is part of the cache's key, as every flag is.
const VERSION_PACKAGE = 'k8s.io/component-base/version'
const KUBERNETES_LDFLAGS = [
  `-X ${VERSION_PACKAGE}.gitVersion=${KUBERNETES_VERSION}`,
  `-X ${VERSION_PACKAGE}.gitMajor=1`,
  `-X ${VERSION_PACKAGE}.gitMinor=36`,
  `-X ${VERSION_PACKAGE}.gitTreeState=clean`,
]

const RECIPES = {
  etcd: recipe('etcd', 'etcd', 'go.etcd.io/etcd/server/v3'),
  kubeApiserver: kubernetesRecipe('kube-apiserver'),
  kubeControllerManager: kubernetesRecipe('kube-controller-manager'),
  kubectl: kubernetesRecipe('kubectl'),
  fluxApply: recipe('flux-apply', '../flux-apply', '.'),
}

const ADVICE =
  'Install Go 1.26 or newer, or set KUBEBUILDER_ASSETS to a folder that holds etcd, kube-apiserver and kubectl ' +
  '(and kube-controller-manager, where the tests need it)'

/**
 * Finds or builds every program, one after the other: in `KUBEBUILDER_ASSETS`, then (kubectl only) on the PATH, then in
 * the cache, and at last with Go. Says on standard error what it builds. A cold build takes minutes, a warm one none.
 *
 * The cache is `$HOLDFAST_E2E_CACHE`, else `$XDG_CACHE_HOME/holdfast/e2e`, else `~/.cache/holdfast/e2e`.
 *
 * @throws Error that names what is missing and what to do, or that holds the compiler's own words.
 */
export async function buildControlPlane(): Promise<Binaries> {
  return {
    etcd: await provide(RECIPES.etcd),
    kubeApiserver: await provide(RECIPES.kubeApiserver),
    kubeControllerManager: await provide(RECIPES.kubeControllerManager),
    kubectl: await provide(RECIPES.kubectl, await findProgram('kubectl', process.env['PATH'])),
    fluxApply: await provide(RECIPES.fluxApply),
  }
}

/** How a program is built from the Go module in a folder, which is given relative to this file's. */
export function recipe(program: string, module: string, goPackage: string, ldflags: readonly string[] = []): Recipe {
  // buildvcs: a change in this repository does not change what is built, and git need not be there.
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', ['-s', '-w', ...ldflags].join(' ')]
  return { program, module: resolve(HERE, module), package: goPackage, flags }
}

function kubernetesRecipe(program: string): Recipe {
  return recipe(program, 'kubernetes', `k8s.io/kubernetes/cmd/${program}`, KUBERNETES_LDFLAGS)
}

/**
 * Finds or builds one program, as {@link buildControlPlane} does.
 *
 * @throws Error that says what is missing, or that holds the compiler's own words.
 */
export async function provide(wanted: Recipe, installed?: string): Promise<string> {
  const { program } = wanted
  const ready = (await findProgram(program, process.env['KUBEBUILDER_ASSETS'])) ?? installed
  if (ready !== undefined) return ready
  if (!(await hasGo())) {
    throw new Error(`${program} is not there and cannot be built, because go is not on the PATH. ${ADVICE}`)
  }
  const folder = await cachedFolder(wanted)
  return (await findProgram(program, folder)) ?? build(wanted, folder)
}

/** The program where an earlier run has built it for these versions and this Go; it is not built for that. */
export async function findBuilt(wanted: Recipe): Promise<string | undefined> {
  return (await hasGo()) ? findProgram(wanted.program, await cachedFolder(wanted)) : undefined
}

async function hasGo(): Promise<boolean> {
  return (await findProgram('go', process.env['PATH'])) !== undefined
}

async function cachedFolder(wanted: Recipe): Promise<string> {
  return join(cacheFolder(), `${basename(wanted.module)}-${await fingerprint(wanted)}`)
}

async function build({ program, module, package: goPackage, flags }: Recipe, folder: string): Promise<string> {
  const file = join(folder, program)
  // Another run may build the same program: each writes its own file, and only a finished one gets the name.
  const unfinished = `${file}.${process.pid}.unfinished`
  progress(`building ${program} (minutes when Go's cache is cold)`)
  const start = performance.now()
  await mkdir(folder, { recursive: true })
  try {
    await runCommand('go', ['build', ...flags, '-o', unfinished, goPackage], { cwd: module, env: goEnvironment() })
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
  progress(`built ${program} in ${Math.round((performance.now() - start) / 1000)} s`)
  return file
}

/** A hash of everything that decides what comes out: the module's files, the Go version and platform, the flags. */
async function fingerprint({ module, flags }: Recipe): Promise<string> {
  const hash = createHash('sha256')
  const go = await runCommand('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH', 'GOFLAGS', 'GOEXPERIMENT'], {
    cwd: module,
    env: goEnvironment(),
  })
  hash.update(JSON.stringify([go.stdout, flags]))
  const names = (await readdir(module)).filter((name) => /^go\.(?:mod|sum)$|\.go$/.test(name)).toSorted()
  for (const name of names) {
    hash.update(`\0${name}\0`)
    hash.update(await readFile(join(module, name)))
  }
  return hash.digest('hex').slice(0, 16)
}

/** GOWORK off: a go.work above the repository must not change the versions that go.mod pins. */
function goEnvironment(): Record<string, string> {
  return { CGO_ENABLED: '0', GOWORK: 'off' }
}

function cacheFolder(): string {
  const { HOLDFAST_E2E_CACHE: own, XDG_CACHE_HOME: user } = process.env
  return resolve(own || join(user || join(homedir(), '.cache'), 'holdfast', 'e2e'))
}

/** The absolute path of the first executable file of that name in a list of folders like `PATH`. */
async function findProgram(name: string, folders = ''): Promise<string | undefined> {
  for (const folder of folders.split(delimiter).filter((entry) => entry !== '')) {
    const file = resolve(folder, name)
    try {
      await access(file, constants.X_OK)
      if ((await stat(file)).isFile()) return file
    } catch {
      // Not in this folder; the next one may have it.
    }
  }
  return undefined
}

function progress(text: string): void {
  process.stderr.write(`holdfast e2e: ${text}\n`)
}
