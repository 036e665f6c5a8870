import type { CheckReport } from './result.ts'

/** What a renderer may need besides the report. */
export interface RenderOptions {
  /** Whether the reader shows ANSI colours. */
  readonly colors: boolean
  /** How many characters the reader's terminal shows in a line; undefined: lines are not broken. */
  readonly width?: number | undefined
  /** The version of Holdfast, for formats that name the tool. */
  readonly version: string
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
  /** Whether it writes the edits of results; they are worked out only then. */
  readonly showsEdits?: true
  readonly render: Renderer
}
