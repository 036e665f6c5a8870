import type { ASTNode } from '@marcbachmann/cel-js'
import type { Budget } from './budget.ts'
import type { CelType } from './cel-type.ts'
import type { PatternCache } from './pattern-cache.ts'

/** What one evaluation works on: the variables, the values that comprehensions bind, and what it may still spend. */
export interface Frame {
  readonly context: Readonly<Record<string, unknown>>
  readonly slots: unknown[]
  readonly budget: Budget
}

/** A compiled part of an expression: its type and the function that evaluates it; that one throws CelError. */
export interface Code {
  readonly type: CelType
  readonly run: (frame: Frame) => unknown
  /**
   * Of code that gives an optional: its value, or undefined, without the optional around it. Chains such as
   * `object.?spec.?replicas.orValue(1)` make no optionals then.
   */
  readonly found?: (frame: Frame) => unknown
}

/** A variable that a comprehension binds, and what is bound around it. */
export interface Scope {
  readonly name: string
  readonly type: CelType
  readonly slot: number
  readonly outer: Scope | undefined
}

/** What the compilation of one kind of node needs of the compiler. */
export interface Compiler {
  /** The variables that the context gives. */
  readonly variables: ReadonlySet<string>
  readonly patterns: PatternCache
  /** Compiles a node where the scope's variables are bound. Throws CelError. */
  compile(node: ASTNode, scope: Scope | undefined): Code
  /** Binds a variable; a node that is not a plain name is refused. Throws CelError. */
  bind(name: ASTNode, type: CelType, outer: Scope | undefined): Scope
  /** Throws the error about a node. */
  fail(node: ASTNode, message: string): never
}

/** The innermost variable of a name that a comprehension binds. */
export function boundVariable(name: string, scope: Scope | undefined): Scope | undefined {
  for (let current = scope; current !== undefined; current = current.outer) if (current.name === name) return current
  return undefined
}
