import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { basename, join, matchesGlob, posix } from 'node:path'
import { provide, recipe } from './controlplane/build.ts'
import { runCommand } from './controlplane/command.ts'

/** One instruction of a Dockerfile as test/e2e/dockerfile prints it, variables put in. */
export interface Step {
  readonly name: string
  readonly args: readonly string[]
  readonly to?: string
  readonly from?: string
  readonly shell?: boolean
  readonly env?: Readonly<Record<string, string>>
}

export interface Stage {
  readonly name: string
  readonly base: string
  readonly steps: readonly Step[]
}

/** What BuildKit's parser reads and its linter warns of. */
export interface Dockerfile {
  readonly warnings: readonly string[]
  readonly stages: readonly Stage[]
}

/** What a container of the image starts as; `root` is the folder that holds its files, base image left out. */
export interface Image {
  readonly root: string
  readonly workdir: string
  readonly env: Readonly<Record<string, string>>
  readonly user: string
  readonly entrypoint: readonly string[]
}

/** Parses and lints a Dockerfile. Throws an Error with the parser's words where it cannot be read or built here. */
export async function readDockerfile(file: string): Promise<Dockerfile> {
  const program = await provide(recipe('dockerfile', '../dockerfile', '.'))
  const { stdout } = await runCommand(program, [file])
  return JSON.parse(stdout)
}

/**
 * Copies what a builder would get of the repository. Knows the .dockerignore that leaves everything out (`*`), lets
 * names of the top in (`!src`), and leaves globs out again; throws an Error on anything else.
 */
export async function copyContext(repository: string, folder: string): Promise<void> {
  const text = await readFile(join(repository, '.dockerignore'), 'utf8')
  const [all, ...patterns] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  if (all !== '*') throw new Error(`.dockerignore begins with ${all}, not with *`)
  const names = patterns.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
  const globs = patterns.filter((line) => !line.startsWith('!'))
  for (const name of names) {
    if (name.includes('/') || name.includes('*')) throw new Error(`.dockerignore: !${name} is not known here`)
    await cp(join(repository, name), join(folder, name), {
      recursive: true,
      filter: (source) => !globs.some((glob) => matchesGlob(posix.relative(repository, source), glob)),
    })
  }
}

/**
 * Does what `docker build` does with the stages, each in a folder that stands for its root. The base images are left
 * out: RUN uses this machine's npm and the Node that runs the tests. RUN lines must keep to relative paths.
 *
 * @throws Error where a command fails or an instruction is not known.
 */
export async function buildImage({ stages }: Dockerfile, context: string, folder: string): Promise<Image> {
  const tools = join(folder, 'tools')
  await mkdir(tools, { recursive: true })
  await symlink(process.execPath, join(tools, 'node'))
  const roots = new Map<string, string>()
  let image: Image | undefined
  for (const [index, stage] of stages.entries()) {
    const root = join(folder, `stage-${index}`)
    await mkdir(root)
    image = { root, workdir: '/', env: {}, user: '0:0', entrypoint: [] }
    for (const step of stage.steps) image = await perform(step, image, { context, roots, tools })
    roots.set(stage.name, root)
  }
  if (image === undefined) throw new Error('the Dockerfile has no stage')
  return image
}

interface Build {
  readonly context: string
  readonly roots: ReadonlyMap<string, string>
  readonly tools: string
}

async function perform(step: Step, image: Image, build: Build): Promise<Image> {
  switch (step.name.toUpperCase()) {
    case 'ARG':
    case 'ENV':
      return { ...image, env: { ...image.env, ...step.env } }
    case 'WORKDIR': {
      const workdir = posix.resolve(image.workdir, step.to ?? '')
      await mkdir(join(image.root, workdir), { recursive: true })
      return { ...image, workdir }
    }
    case 'COPY':
      await copy(step, image, build)
      return image
    case 'RUN':
      await run(step, image, build)
      return image
    case 'USER':
      return { ...image, user: step.args.join('') }
    case 'ENTRYPOINT':
      if (step.shell) throw new Error('an image without a shell needs an ENTRYPOINT in JSON')
      return { ...image, entrypoint: step.args }
    case 'CMD':
    case 'EXPOSE':
    case 'LABEL':
      return image
    default:
      throw new Error(`${step.name} is not known here`)
  }
}

// A folder's content is copied, not the folder; a file goes into a folder where the target ends in a slash.
async function copy({ args, to = '', from }: Step, image: Image, { context, roots }: Build): Promise<void> {
  const base = from === undefined ? context : roots.get(from)
  if (base === undefined) throw new Error(`COPY --from=${from} names no earlier stage`)
  const target = join(image.root, posix.resolve(image.workdir, to))
  for (const source of args) {
    const path = join(base, source)
    // cp, not Node's: it keeps the times of folders too.
    if (await isFolder(path)) {
      await mkdir(target, { recursive: true })
      await runCommand('cp', ['-a', `${path}/.`, target])
    } else {
      await runCommand('cp', ['-a', path, to.endsWith('/') ? join(target, basename(source)) : target])
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    await readdir(path)
    return true
  } catch {
    return false
  }
}

async function run({ args, shell }: Step, { root, workdir, env }: Image, { tools }: Build): Promise<void> {
  const [file = '', ...rest] = shell ? ['/bin/sh', '-c', ...args] : args
  const path = `${tools}:${process.env['PATH'] ?? ''}`
  await runCommand(file, rest, { cwd: join(root, workdir), env: { ...env, PATH: path } })
}

/** Removes a tree whose folders may be read-only. */
export async function removeTree(folder: string): Promise<void> {
  await runCommand('chmod', ['-R', 'u+w', folder])
  await rm(folder, { recursive: true, force: true })
}
