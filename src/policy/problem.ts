import type { Pointer } from '../kubernetes/pointer.ts'

/** One thing wrong with a policy or a configuration: where it is, what is wrong, what is allowed. */
export interface LoadProblem {
  /** The file, as the user named it. */
  readonly file: string
  /** The place in it; '' is the whole file. */
  readonly path: Pointer
  /** What is wrong and what to do, to follow the place: `is "block"; allowed are "deny", "fix"`. */
  readonly problem: string
}

/** A policy or a configuration that cannot be used. Holds every problem found, one a line in its message. */
export class LoadError extends Error {
  readonly problems: readonly LoadProblem[]

  constructor(problems: readonly LoadProblem[]) {
    super(problems.map(describeProblem).join('\n'))
    this.name = 'LoadError'
    this.problems = problems
  }
}

/** A problem as one line: `holdfast.json: /profile is "x"; allowed are …`. */
export function describeProblem({ file, path, problem }: LoadProblem): string {
  return path === '' ? `${file}: ${problem}` : `${file}: ${path} ${problem}`
}
