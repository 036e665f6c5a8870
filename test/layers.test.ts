import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Who may import whom, besides itself: a new edge is a new entry here. Pure layers come first; imports point upwards in
 * this list only.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  kubernetes: [],
  admission: ['kubernetes'],
  checks: ['kubernetes', 'admission'],
  policy: ['kubernetes', 'admission', 'checks'],
  engine: ['kubernetes', 'admission', 'checks', 'policy'],
  manifest: ['kubernetes', 'admission'],
  offline: ['kubernetes', 'admission', 'policy', 'engine', 'manifest'],
  examples: ['kubernetes', 'admission', 'checks', 'policy', 'engine', 'manifest'],
  report: ['kubernetes', 'admission', 'policy', 'engine', 'manifest', 'offline', 'examples'],
  inputs: ['kubernetes', 'admission', 'manifest', 'offline'],
  telemetry: ['engine'],
  server: ['kubernetes', 'admission', 'checks', 'telemetry'],
  cluster: ['kubernetes', 'telemetry'],
  'config.ts': ['policy', 'telemetry'],
  'load.ts': ['checks', 'policy'],
  cli: ['kubernetes', 'admission', 'checks', 'policy', 'engine', 'manifest', 'offline', 'report', 'examples'].concat([
    'inputs',
    'telemetry',
    'server',
    'config.ts',
    'load.ts',
  ]),
  'composition.ts': ['kubernetes', 'admission', 'policy', 'inputs', 'cli', 'cluster', 'config.ts', 'telemetry'],
  'main.ts': ['composition.ts'],
}

const pure = ['kubernetes', 'admission', 'checks', 'policy', 'engine', 'manifest', 'offline', 'report', 'examples']

// What a pure layer may take from Node: functions of their arguments, nothing that looks outside.
const pureModules = new Set(['node:buffer', 'node:crypto', 'node:net', 'node:zlib'])

// A look at the clock, the environment or the terminal would make two evaluations of one object differ.
const impure =
  /\bprocess\.|\bDate\.now\(|new Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bconsole\.\w+\(|\bsetTimeout\(/

const source = join(import.meta.dirname, '..', 'src')

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .sort()

const layerOf = (file: string): string => file.split(sep)[0] ?? file

const filesOf = (layer: string): readonly string[] => files.filter((file) => layerOf(file) === layer)

const read = (file: string): string => readFileSync(join(source, file), 'utf8')

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, specifier]) => specifier ?? '')

describe('layers', () => {
  it('knows every folder and file of src', () => {
    expect([...new Set(files.map(layerOf))].sort()).toEqual(Object.keys(allowed).sort())
  })

  it.each(Object.keys(allowed))('%s imports only what it may', (layer) => {
    const edges = filesOf(layer).flatMap((file) =>
      importsOf(read(file))
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => ({ file, to: layerOf(relative(source, join(source, dirname(file), specifier))) })),
    )
    expect(edges.filter(({ to }) => to !== layer && !(allowed[layer] ?? []).includes(to))).toEqual([])
  })

  it.each(pure)('%s reads no clock, file, network or environment', (layer) => {
    const modules = filesOf(layer).flatMap((file) => importsOf(read(file)).map((module) => ({ file, module })))
    expect(modules.filter(({ module }) => module.startsWith('node:') && !pureModules.has(module))).toEqual([])
    expect(filesOf(layer).filter((file) => impure.test(withoutComments(read(file))))).toEqual([])
  })

  it('has no imports that go round in a circle, types included', () => {
    const graph = new Map(
      files.map((file) => {
        const own = importsOf(read(file)).filter((specifier) => specifier.startsWith('.'))
        return [file, own.map((specifier) => join(dirname(file), specifier))] as const
      }),
    )
    expect(circleIn(graph)).toBeUndefined()
  })

  it('sees imports, circles and looks outside', () => {
    expect(importsOf("import { a } from '../server/app.ts'")).toEqual(['../server/app.ts'])
    const round = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ])
    expect(circleIn(round)).toEqual(['b', 'c', 'b'])
    expect(impure.test('const now = Date.now()')).toBe(true)
  })
})

/** A way through imports that comes back to where it was; undefined where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>()
  const follow = (file: string, way: readonly string[]): readonly string[] | undefined => {
    const before = way.indexOf(file)
    if (before >= 0) return [...way.slice(before), file]
    if (done.has(file)) return undefined
    for (const next of graph.get(file) ?? []) {
      const circle = follow(next, [...way, file])
      if (circle !== undefined) return circle
    }
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const circle = follow(file, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}
