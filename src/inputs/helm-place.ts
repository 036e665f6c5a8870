import { statSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { asString } from '../kubernetes/json.ts'
import { excerptAt, lineOf } from '../manifest/excerpt.ts'
import { type Place, placer } from '../offline/place.ts'
import { readWhole } from './file-source.ts'
import { recent } from './recent.ts'
import { templateLines, templatePosition } from './template-line.ts'

// helm splits what it renders at every `---` and writes this above each part, so no template can write it for another
// (helm.sh/helm, cmd/helm/template.go and releaseutil.SplitManifests).
const sourceLine = /^---\r?\n# Source: (\S[^\r\n]*)/

const filesKept = 16

/** The templates that something came from, as helm names them: `chart/templates/claim.yaml`. */
export function renderedTemplates(output: string): ReadonlySet<string> {
  const names = output.matchAll(new RegExp(sourceLine, 'gm'))
  return new Set([...names].map(([, name = '']) => normalize(name)))
}

/**
 * Places what helm rendered in the template that it came from; on the first line of the Chart.yaml where that is no file
 * of the chart's folder, as in a packed chart.
 */
export function templatePlace(chartName: string, chartFile: string): Place {
  const inRendered = placer()
  const read = recent(filesKept, (file) => {
    const text = readWhole(file)
    return { lines: templateLines(text), document: { text, start: { line: 1, column: 1 }, offset: 0 } }
  })
  return (manifest, path) => {
    const file = templateFile(manifest.document.text, chartName, dirname(chartFile))
    const { line, excerpt } = inRendered(manifest, path)
    const { lines, document } = read(file ?? chartFile)
    const position =
      file === undefined
        ? { line: 1, column: 1 }
        : templatePosition(lines, {
            line: (excerpt === undefined ? undefined : lineOf(excerpt, line)) ?? '',
            pointer: manifest.pointer + path,
            kind: asString(manifest.object['kind']) ?? '',
          })
    return {
      file: file ?? chartFile,
      line: position.line,
      column: position.column,
      excerpt: excerptAt(document, position),
    }
  }
}

function templateFile(document: string, chartName: string, folder: string): string | undefined {
  const name = normalize(sourceLine.exec(document)?.[1] ?? '')
  const prefix = `${chartName}${sep}`
  if (!name.startsWith(prefix)) return undefined
  const file = join(folder, name.slice(prefix.length))
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined
}
