import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { testFolder } from '../../test/support/command-line.ts'
import { readingTerminal, readSource, writeTree } from '../../test/support/tree.ts'
import { sourcesOf } from './sources.ts'

const folder = testFolder()
const home = process.cwd()
afterAll(() => folder.remove())
afterEach(() => process.chdir(home))

const claim = 'kind: PersistentVolumeClaim\n'

/** Works in a new folder with these files. */
function at(name: string, files: Readonly<Record<string, string>>): void {
  writeTree(join(folder.path, name), files)
  process.chdir(join(folder.path, name))
}

async function filesOf(...paths: readonly string[]): Promise<readonly string[]> {
  const { sources } = await sourcesOf(paths, readingTerminal())
  return sources.map(({ file, found }) => (found ? file : `${file} (named)`))
}

describe('sourcesOf', () => {
  it('walks folders in the order of names, and leaves out what is not a team’s own', async () => {
    at('walk', {
      'b.yaml': claim,
      'a/z.yml': claim,
      'a/y.json': '{}',
      'a/notes.txt': '',
      'B.yaml': claim,
      'node_modules/x.yaml': claim,
      '.git/x.yaml': claim,
      '..data/x.yaml': claim,
      '.github/workflows/ci.yaml': 'on: push\n',
    })
    symlinkSync('..data/x.yaml', 'linked.yaml')
    symlinkSync('.', 'circle')
    symlinkSync('nothing', 'dangling.yaml')
    expect(await filesOf('.')).toEqual([
      '.github/workflows/ci.yaml',
      'B.yaml',
      'a/y.json',
      'a/z.yml',
      'b.yaml',
      'linked.yaml',
    ])
  })

  it('reads no file twice, however it is named, and one that was named as such', async () => {
    at('twice', { 'a/x.yaml': claim, 'a/y.yaml': claim })
    symlinkSync('x.yaml', 'a/same.yaml')
    expect(await filesOf('a', './a/x.yaml', join(process.cwd(), 'a'), 'a/*.yaml')).toEqual([
      './a/x.yaml (named)',
      'a/y.yaml',
    ])
  })

  it('finds what a glob matches, where there is no file of that name', async () => {
    at('glob', {
      'a/b/x.yaml': claim,
      'a/y.yaml': claim,
      'a/z.md': '',
      'node_modules/n.yaml': claim,
      '[a].yaml': claim,
      'a.yaml': claim,
    })
    expect(await filesOf('a/**/*.yaml')).toEqual(['a/b/x.yaml', 'a/y.yaml'])
    expect(await filesOf('**/n.yaml', 'a.yaml').catch(String)).toMatch(
      /\*\*\/n\.yaml matches no \.yaml, \.yml or \.json file/,
    )
    expect(await filesOf('[a].yaml')).toEqual(['[a].yaml (named)'])
    expect(await filesOf('{a,c}/*')).toEqual(['a/b/x.yaml', 'a/y.yaml'])
  })

  it.each([
    ['absent.yaml', /^absent\.yaml cannot be read \(ENOENT\): name a file, a folder, a glob, or - for standard input$/],
    ['absent/*.yaml', /^absent\/\*\.yaml matches no/],
    ['*.md', /matches no/],
  ])('says that %s is nothing', async (path, message) => {
    at('nothing', { 'a.md': '', 'a.yaml': claim })
    await expect(sourcesOf([path], readingTerminal())).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) }),
    )
  })

  it('leaves out what .holdfastignore names, named or found, and says how many files that are', async () => {
    at('ignore', {
      '.holdfastignore': '# vendored\nvendor/\n*.gen.yaml\n!keep.gen.yaml\n/top.yaml\nUPPER.yaml\n',
      'vendor/a.yaml': claim,
      'vendor/deep/b.yaml': claim,
      'x.gen.yaml': claim,
      'keep.gen.yaml': claim,
      'top.yaml': claim,
      'deep/top.yaml': claim,
      'upper.yaml': claim,
    })
    writeFileSync(join(folder.path, 'outside.gen.yaml'), claim)
    const { sources, ignored } = await sourcesOf(
      ['.', 'vendor/a.yaml', '*.gen.yaml', '../outside.gen.yaml', join(process.cwd(), 'top.yaml')],
      readingTerminal(),
    )
    expect(sources.map(({ file }) => file)).toEqual([
      'deep/top.yaml',
      'keep.gen.yaml',
      'upper.yaml',
      '../outside.gen.yaml',
    ])
    expect(ignored).toBe(4)
  })

  it('reads standard input in its place', async () => {
    at('input', { 'a.yaml': claim, 'b.yaml': claim })
    const { sources } = await sourcesOf(['b.yaml', '-', 'a.yaml', '-'], readingTerminal({}, 'kind: Pod\n'))
    expect(sources.map((source) => [source.file, source.found, readSource(source).text])).toEqual([
      ['b.yaml', false, claim],
      ['<stdin>', false, 'kind: Pod\n'],
      ['a.yaml', false, claim],
    ])
  })

  it('says which file is not text, and reads it as kubectl does', async () => {
    at('latin', { 'notes.txt': '' })
    writeFileSync(
      'latin.yaml',
      Buffer.from('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: é}\n', 'latin1'),
    )
    const [source] = (await sourcesOf(['.'], readingTerminal())).sources
    const { manifests, problems } = source === undefined ? { manifests: [], problems: [] } : readSource(source)
    expect(manifests).toHaveLength(1)
    expect(problems).toMatchObject([
      {
        file: 'latin.yaml',
        line: 4,
        kind: 'encoding',
        message: 'has bytes that are not UTF-8; save the file as UTF-8',
      },
    ])
  })
})
