import type { CompiledExpression } from '../policy/cel/compile.ts'

/**
 * A policy's variables as a CEL map: each is evaluated when it is first read, as in a ValidatingAdmissionPolicy, and not
 * at all where no rule comes to it.
 */
export class Variables extends Map<unknown, unknown> {
  readonly #expressions: ReadonlyMap<unknown, CompiledExpression>
  readonly #context: Readonly<Record<string, unknown>>

  /** @param context what the expressions read, these variables among it. */
  constructor(expressions: ReadonlyMap<string, CompiledExpression>, context: Readonly<Record<string, unknown>>) {
    super()
    this.#expressions = expressions
    this.#context = context
  }

  /** The value of a variable, undefined where there is none. Throws the CelError of its expression. */
  override get(name: unknown): unknown {
    if (!this.has(name)) {
      const expression = this.#expressions.get(name)
      if (expression === undefined) return undefined
      // What it reads of itself on the way does not exist yet.
      this.set(name, undefined)
      this.set(name, expression.compute(this.#context))
    }
    return super.get(name)
  }
}
