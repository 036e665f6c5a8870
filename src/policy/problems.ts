import type { Pointer } from '../kubernetes/pointer.ts'
import { LoadError, type LoadProblem } from './problem.ts'

/** Collects what is wrong while a document is compiled, so that a person is told everything at once. */
export class ProblemList {
  readonly #file: string
  readonly #problems: LoadProblem[] = []

  /** @param file the document's name, for messages. */
  constructor(file: string) {
    this.#file = file
  }

  /** Adds one problem at a place. */
  add(path: Pointer, problem: string): void {
    this.#problems.push({ file: this.#file, path, problem })
  }

  /** Runs a step; an Error it throws becomes a problem at the place, and the step's result undefined. */
  attempt<T>(path: Pointer, step: () => T): T | undefined {
    try {
      return step()
    } catch (error) {
      this.add(path, error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  /** Throws a LoadError with all that was added, if anything was. */
  throwIfAny(): void {
    if (this.#problems.length > 0) throw new LoadError(this.#problems)
  }
}
