import type { CheckReport } from './result.ts'

/** What a renderer may need besides the report. */
export interface RenderOptions {
  /** Whether the reader shows ANSI colours. */
  readonly colors: boolean
  /** The text of a file as it was read, for code frames; undefined where it is not at hand. */
  readonly sources: (file: string) => string | undefined
  /** How long the run took, in seconds. */
  readonly duration?: number | undefined
}

/** Writes a report as text, which ends with a line break. Pure: the same report gives the same text. */
export type Renderer = (report: CheckReport, options: RenderOptions) => string

/** A renderer under the name the command line knows it by. */
export interface ReportFormat {
  readonly name: string
  /** One sentence for the command line's help. */
  readonly description: string
  readonly render: Renderer
}
