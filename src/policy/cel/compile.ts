import { type Allowance, Budget } from './budget.ts'
import { formatType } from './cel-type.ts'
import { CelError, errorAt, oneLine } from './error.ts'
import { ExpressionCompiler } from './expression-compiler.ts'
import { toJson } from './json.ts'
import { PatternCache } from './pattern-cache.ts'
import { parseSyntax } from './syntax.ts'

/** What an expression may name, and what it must come to. */
export interface CompileOptions {
  /** The variables an expression may use; each is of any type. */
  readonly variables: readonly string[]
  /** `bool` refuses an expression that is known to come to something else; the default takes any. */
  readonly result?: 'bool' | 'any'
}

/** A CEL expression, ready to be evaluated any number of times. */
export interface CompiledExpression {
  readonly source: string
  /** Evaluates to the value as CEL has it, for other expressions to read as a variable. Throws {@link CelError}. */
  readonly compute: (context: Readonly<Record<string, unknown>>) => unknown
  /** Evaluates on plain JSON and gives plain JSON. Throws {@link CelError}. */
  readonly evaluate: (context: Readonly<Record<string, unknown>>) => unknown
  /**
   * Evaluates on plain JSON; throws {@link CelError}, also where the result is not bool. Evaluations that share an
   * allowance may cost together what one may cost otherwise.
   */
  readonly evaluateBoolean: (context: Readonly<Record<string, unknown>>, allowance?: Allowance) => boolean
}

/**
 * Compiles a CEL expression with Kubernetes' extension functions. JSON's integral numbers are CEL ints.
 * Throws {@link CelError} `line:column: message` for bad syntax, undeclared variables, unknown functions and
 * operands of the wrong type.
 */
export function compileExpression(source: string, options: CompileOptions): CompiledExpression {
  const syntax = parseSyntax(source)
  const patterns = new PatternCache()
  const compiler = new ExpressionCompiler(source, new Set(options.variables), patterns)
  const { run, type } = compiler.compile(syntax, undefined)
  if (options.result === 'bool' && type.name !== 'bool' && type.name !== 'dyn') {
    throw errorAt(source, 0, `the expression must be bool, but is '${formatType(type)}'`)
  }
  const compute = (context: Readonly<Record<string, unknown>>, allowance?: Allowance): unknown => {
    try {
      return run({ context, slots: [], budget: new Budget(patterns, allowance) })
    } catch (error) {
      throw asCelError(error)
    }
  }
  return {
    source,
    compute,
    evaluate(context) {
      const value = compute(context)
      try {
        return toJson(value)
      } catch (error) {
        throw asCelError(error)
      }
    },
    evaluateBoolean: (context, allowance) => booleanOrThrow(compute(context, allowance)),
  }
}

function booleanOrThrow(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new CelError('the expression did not come to a bool')
  return value
}

/** Turns what JavaScript itself throws, for values nested too deep or grown too long, into a CelError. */
function asCelError(error: unknown): CelError {
  if (error instanceof CelError) return error
  return new CelError(`evaluation failed: ${oneLine(error instanceof Error ? error.message : 'unknown fault')}`)
}
