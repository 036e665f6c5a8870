import type { Finding } from '../../src/engine/finding.ts'
import type { Excerpt } from '../../src/manifest/manifest.ts'
import { readManifests } from '../../src/manifest/read.ts'
import { type Placed, placer } from '../../src/offline/place.ts'
import type { RenderOptions } from '../../src/report/renderer.ts'
import { checkReport, checkResult } from '../../src/report/result.ts'
import { renderText } from '../../src/report/text.ts'
import { findingOf } from './check-report.ts'

/** A claim, whose class is on line 6. */
export const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: db
spec:
  storageClassName: fast
  accessModes: [ReadWriteOnce]
`
/** What is wrong with that class. */
export const classFinding = findingOf({
  message:
    'PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; classes here are "gold". [claim-storage-class]',
  problem: 'spec.storageClassName is "fast"; classes here are "gold"',
  expected: ['gold'],
  links: ['https://example.com/classes', 'https://example.com/other'],
})

/** Findings as the text format shows them, each in the first object of the text of its file. */
export function renderedText(
  files: Readonly<Record<string, string>>,
  findings: readonly (Partial<Finding> & { readonly file?: string })[],
  options: Partial<RenderOptions> & { readonly excerpt?: Excerpt | 'none' } = {},
): string {
  const sets = new Map(Object.entries(files).map(([file, text]) => [file, readManifests(text, { file })]))
  const place = placer()
  const results = findings.flatMap(({ file = 'claim.yaml', ...finding }) => {
    const manifest = sets.get(file)?.manifests[0]
    const whole = { ...classFinding, ...finding }
    return manifest === undefined
      ? []
      : [checkResult(whole, manifest, shown(place(manifest, whole.path), options.excerpt))]
  })
  const problems = [...sets.values()].flatMap((set) => set.problems)
  const objects = [...sets.values()].flatMap((set) => set.manifests).length
  const counts = { files: sets.size, documents: objects, objects, ignored: 0 }
  const report = checkReport({ results, problems, counts, policies: [] })
  return renderText(report, { colors: false, version: '1.2.3', ...options })
}

function shown(placed: Placed, excerpt: Excerpt | 'none' | undefined): Placed {
  if (excerpt === undefined) return placed
  return { ...placed, excerpt: excerpt === 'none' ? undefined : excerpt }
}
