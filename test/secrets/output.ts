import { byCell, type Evaluation, type Figures } from './figures.ts'
import type { Row } from './row.ts'

/** What a run measured. */
export interface Results {
  /** What was judged: the generated set, or the name of a file. */
  readonly set: string
  readonly rows: readonly Row[]
  readonly holdfast: Evaluation
  readonly found: ReadonlySet<string>
  readonly seconds: number
  /** The part of the generated set that no rule was written against. */
  readonly heldOut?: HeldOut
  readonly gitleaks: { readonly evaluation: Evaluation; readonly heldOut?: Figures } | { readonly skipped: string }
}

/** Which types and carriers are held out, and the figures of all documents of one of them. */
export interface HeldOut extends Figures {
  readonly types: readonly string[]
  readonly carriers: readonly string[]
}

/** The results for programs. */
export function resultsJson({ set, holdfast, heldOut, gitleaks, seconds }: Results): string {
  return JSON.stringify({ set, ...holdfast, ...(heldOut === undefined ? {} : { heldOut }), gitleaks, seconds }, null, 2)
}

/** The results for people. Of the held-out part only figures are shown, so that nobody writes a rule against it. */
export function resultsText({ set, rows, holdfast, found, seconds, heldOut, gitleaks }: Results): string {
  const total: readonly Line[] = [
    ['Holdfast', holdfast],
    ...(heldOut === undefined ? [] : [['  held out', heldOut] as const]),
    ...('skipped' in gitleaks ? [] : [['gitleaks', gitleaks.evaluation] as const]),
    ...('heldOut' in gitleaks && gitleaks.heldOut !== undefined ? [['  held out', gitleaks.heldOut] as const] : []),
  ]
  const cells = Object.keys(
    byCell(
      rows.filter(({ label }) => label === 'secret'),
      found,
    ),
  ).length
  const isOpen = (field: 'type' | 'carrier') => (name: string) =>
    heldOut === undefined || !heldOut[`${field}s`].includes(name)
  return [
    `${set}: ${rows.length} documents, ${cells} cells of a type of credential in a carrier, ${seconds.toFixed(1)} s`,
    '',
    table('tool', total),
    ...('skipped' in gitleaks ? [`gitleaks is left out: ${gitleaks.skipped}`] : []),
    ...(heldOut === undefined
      ? []
      : ['', `Held out: types ${heldOut.types.join(', ')}; carriers ${heldOut.carriers.join(', ')}`]),
    '',
    table('origin', Object.entries(holdfast.byOrigin)),
    '',
    table('type', imperfect(holdfast.byType, isOpen('type'))),
    '',
    table('carrier', imperfect(holdfast.byCarrier, isOpen('carrier'))),
    '',
  ].join('\n')
}

type Line = readonly [name: string, figures: Figures]

/** The groups in which anything was missed or wrongly reported. */
function imperfect(groups: Readonly<Record<string, Figures>>, isShown: (name: string) => boolean): readonly Line[] {
  return Object.entries(groups).filter(
    ([name, { recall = 1, falsePositiveRate = 0 }]) => isShown(name) && (recall < 1 || falsePositiveRate > 0),
  )
}

function table(title: string, lines: readonly Line[]): string {
  if (lines.length === 0) return `every ${title}: nothing missed, nothing wrongly reported`
  const width = Math.max(title.length, ...lines.map(([name]) => name.length))
  const cell = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(3)).padStart(10)
  const head = `${title.padEnd(width)} ${['precision', 'recall', 'F1', 'FP rate', 'total', 'found'].map((name) => name.padStart(10)).join('')}`
  const rows = lines.map(
    ([name, { precision, recall, f1, falsePositiveRate, total, found }]) =>
      `${name.padEnd(width)} ${[precision, recall, f1, falsePositiveRate].map(cell).join('')}${String(total).padStart(10)}${String(found).padStart(10)}`,
  )
  return [head, ...rows].join('\n')
}
