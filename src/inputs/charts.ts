import { basename, dirname, join, relative, sep } from 'node:path'
import { asObject, asString } from '../kubernetes/json.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import { parseDocument } from '../manifest/parse.ts'
import { DocumentFault } from '../manifest/fault.ts'
import { fileProblem, fileSource, manifestsIn, readWhole, textSource } from './file-source.ts'
import { chartName, type FoundFile } from './found-files.ts'
import { renderedTemplates, templatePlace } from './helm-place.ts'
import { reasonOf } from './run-tool.ts'
import type { Source } from './source.ts'
import type { Outside, ToolRun } from './outside.ts'

const piped = 'helm template -f … | holdfast check -'

/** A Helm chart that can be rendered. */
export interface Chart {
  /** Its Chart.yaml. */
  readonly file: FoundFile
  readonly name: string
}

/** The charts among files: those that are not a chart's own parts, and are no library of templates for others. */
export function chartsAmong(files: readonly FoundFile[]): readonly Chart[] {
  const charts = files.filter(({ file }) => basename(file) === chartName).flatMap(readChart)
  const folders = new Set(charts.map(({ file }) => dirname(file.path)))
  return charts.filter(({ file }) => {
    const parent = dirname(dirname(file.path))
    return basename(parent) !== 'charts' || !folders.has(dirname(parent))
  })
}

function readChart(file: FoundFile): readonly Chart[] {
  const text = readWhole(file.file)
  const parsed = parseDocument({ text, start: { line: 1, column: 1 }, offset: 0 })
  if (parsed instanceof DocumentFault) return []
  const { name, type, apiVersion } = asObject(parsed.value)
  const isChart = asString(name) !== undefined && asString(apiVersion) !== undefined && type !== 'library'
  return isChart ? [{ file, name: asString(name) ?? '' }] : []
}

/** Whether a file is a template of a chart, or of a chart that is part of it. What stands elsewhere, helm does not render. */
export function isTemplateOf({ file }: Chart, { path }: FoundFile): boolean {
  let steps = relative(dirname(file.path), path).split(sep)
  while (steps[0] === 'charts' && steps.length > 2) steps = steps.slice(2)
  return steps[0] === 'templates' && steps.length > 1
}

/**
 * What is to be read of a chart: what `helm template` makes of it with its own values, and the templates that nothing
 * came from. Those are read as they are where they are plain manifests, and else counted as templates: whatever helm is
 * made to leave out (.helmignore, a condition, a broken chart) does not pass unseen.
 */
export function chartSources(
  chart: Chart,
  templates: readonly FoundFile[],
  { namespace, outside }: { readonly namespace: string; readonly outside: Pick<Outside, 'run'> },
): readonly Source[] {
  const { file, path } = chart.file
  const folder = dirname(file)
  const ran = outside.run('helm', ['template', '--namespace', namespace, '--', folder])
  const output = ran === 'missing' || ran.status !== 0 ? '' : ran.stdout
  const rendered = renderedTemplates(output)
  const left = templates.filter((template) => !rendered.has(join(chart.name, relative(dirname(path), template.path))))
  return [
    {
      ...textSource(file, true, output, failure(file, ran)),
      rendered: { by: 'helm', place: templatePlace(chart.name, file) },
    },
    // What stands in a Chart.yaml besides the chart's data, helm does not read.
    ...(manifestsIn(file).length > 0 ? [fileSource(file, true)] : []),
    ...left.map((template) => leftTemplate(template, reasonLeft(folder, ran))),
  ]
}

function failure(file: string, ran: ToolRun | 'missing'): readonly ManifestProblem[] {
  if (ran === 'missing' || ran.status === 0) return []
  const message = `helm cannot render the chart: ${reasonOf(ran)}; where it needs values, ${piped}`
  return [fileProblem(file, 'unrendered', message)]
}

function reasonLeft(folder: string, ran: ToolRun | 'missing'): string {
  if (ran === 'missing') {
    return `is a template of the chart ${folder}, and there is no helm to render it: install helm, or ${piped}`
  }
  return ran.status === 0
    ? `gave no manifest with the values of its chart; for others, ${piped}`
    : 'was not rendered, because its chart cannot be'
}

/** A template that was not rendered: counted as one, or read as it is where it is a plain manifest. */
function leftTemplate({ file }: FoundFile, message: string): Source {
  const text = readWhole(file)
  const at = text.indexOf('{{')
  if (at < 0) return fileSource(file, true)
  const problem: ManifestProblem = fileProblem(file, 'template', message, text.slice(0, at).split('\n').length)
  return textSource(file, true, '', [problem])
}
