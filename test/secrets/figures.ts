import type { Row } from './row.ts'

/** How well a detector tells documents with credentials from others. A share of nothing is left out. */
export interface Figures {
  /** Of the documents it reports, those that hold a credential. */
  readonly precision?: number
  /** Of the documents that hold a credential, those it reports. */
  readonly recall?: number
  readonly f1?: number
  /** Of the documents without a credential, those it reports. */
  readonly falsePositiveRate?: number
  /** Documents. */
  readonly total: number
  /** Documents it reports. */
  readonly found: number
}

/** What one detector made of a set of documents. */
export interface Evaluation extends Figures {
  readonly byOrigin: Readonly<Record<string, Figures>>
  readonly byType: Readonly<Record<string, Figures>>
  readonly byCarrier: Readonly<Record<string, Figures>>
  /** The ids of documents whose credential it did not see. */
  readonly missed: readonly string[]
  /** The ids of documents without a credential that it reports. */
  readonly falsePositives: readonly string[]
}

/** Compares what a detector reports, the ids of documents, with the labels. */
export function evaluate(rows: readonly Row[], found: ReadonlySet<string>): Evaluation {
  return {
    ...figuresOf(rows, found),
    byOrigin: groups(rows, found, ({ origin }) => origin),
    byType: groups(rows, found, ({ type }) => type),
    byCarrier: groups(rows, found, ({ carrier }) => carrier),
    missed: rows.filter(({ id, label }) => label === 'secret' && !found.has(id)).map(({ id }) => id),
    falsePositives: rows.filter(({ id, label }) => label === 'clean' && found.has(id)).map(({ id }) => id),
  }
}

/** The figures of one group of documents. */
export function figuresOf(rows: readonly Row[], found: ReadonlySet<string>): Figures {
  const secrets = rows.filter(({ label }) => label === 'secret')
  const hits = secrets.filter(({ id }) => found.has(id)).length
  const reported = rows.filter(({ id }) => found.has(id)).length
  const precision = share(hits, reported)
  const recall = share(hits, secrets.length)
  return {
    ...named('precision', precision),
    ...named('recall', recall),
    ...named('f1', secrets.length === 0 ? undefined : share(2 * hits, reported + secrets.length)),
    ...named('falsePositiveRate', share(reported - hits, rows.length - secrets.length)),
    total: rows.length,
    found: reported,
  }
}

/** The figures of each cell, a type of credential in a carrier, by `type/carrier`. */
export function byCell(rows: readonly Row[], found: ReadonlySet<string>): Readonly<Record<string, Figures>> {
  return groups(rows, found, ({ type, carrier }) => `${type}/${carrier}`)
}

function groups(
  rows: readonly Row[],
  found: ReadonlySet<string>,
  nameOf: (row: Row) => string,
): Readonly<Record<string, Figures>> {
  const members = [...Map.groupBy(rows, nameOf)].toSorted(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(members.map(([name, group]) => [name, figuresOf(group, found)]))
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole
}

function named(name: keyof Figures, value: number | undefined): Partial<Figures> {
  return value === undefined ? {} : { [name]: value }
}
