import { chartSources, chartsAmong, isTemplateOf } from './charts.ts'
import { fileSource, pipeSource, textSource } from './file-source.ts'
import { collectFiles, type FoundFile } from './found-files.ts'
import { ignoredBy } from './ignore.ts'
import { kustomizationSources } from './kustomizations.ts'
import type { Source } from './source.ts'
import type { Outside } from './outside.ts'

/** Everything that is to be read, in order, and how many files an ignore file leaves out. */
export interface Sources {
  readonly sources: readonly Source[]
  readonly ignored: number
}

/**
 * What the paths lead to that a person named: files, folders, globs, and `-`, standard input. Charts and kustomizations
 * among them are rendered where their tools are on the PATH; `namespace` is the one they are rendered for. Files that the
 * working folder's .holdfastignore names are left out. Throws a UsageError for a path that cannot be read.
 */
export async function sourcesOf(paths: readonly string[], outside: Outside, namespace = 'default'): Promise<Sources> {
  const { files, ignored } = collectFiles(paths, ignoredBy('.'))
  const sources = renderedSources(files, outside, namespace)
  const input = files.some(({ type }) => type === 'standard input') ? await outside.readInput() : ''
  const read = (found: FoundFile): readonly Source[] => sources.get(found) ?? [plainSource(found, input)]
  return { sources: files.flatMap(read), ignored }
}

function plainSource({ type, file, found }: FoundFile, input: string): Source {
  if (type === 'standard input') return textSource(file, found, input)
  return type === 'pipe' ? pipeSource(file) : fileSource(file, found)
}

/** The files that are read in another way than as they are, or not at all, and what is read instead. */
function renderedSources(
  files: readonly FoundFile[],
  outside: Outside,
  namespace: string,
): ReadonlyMap<FoundFile, readonly Source[]> {
  const regular = files.filter(({ type }) => type === 'file')
  const sources = new Map<FoundFile, readonly Source[]>(kustomizationSources(regular, outside))
  for (const chart of chartsAmong(regular)) {
    const templates = regular.filter((file) => isTemplateOf(chart, file))
    for (const template of templates) sources.set(template, [])
    sources.set(chart.file, chartSources(chart, templates, { namespace, outside }))
  }
  return sources
}
