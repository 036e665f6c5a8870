import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { CelError, errorAt } from './error.ts'

const longestSource = 16 * 1024

/**
 * Parses an expression with cel-js, of which only the parser is used: its evaluator takes integers from JSON for
 * doubles, matches with backtracking regular expressions, and cannot be stopped. Throws {@link CelError}.
 */
export function parseSyntax(source: string): ASTNode {
  if (source.length > longestSource) throw new CelError(`the expression is over ${longestSource} characters`)
  if (source.trim() === '') throw new CelError('the expression is empty')
  const environment = new Environment({
    enableOptionalTypes: true,
    limits: { maxAstNodes: 5000, maxDepth: 100, maxListElements: 1000, maxMapEntries: 1000, maxCallArguments: 32 },
  })
  try {
    return environment.parse(source).ast
  } catch (error) {
    if (error instanceof ParseError) throw errorAt(source, error.range?.start ?? 0, explain(error.summary))
    throw new CelError(`the expression cannot be parsed: ${error instanceof Error ? error.message : 'unknown fault'}`)
  }
}

/** cel-js's own message, but for the one piece of Kubernetes' syntax that it does not know. */
function explain(summary: string): string {
  return summary === 'Unexpected token: QUESTION'
    ? 'a list element or map entry cannot be optional here ([?x], {?key: x}): use a conditional expression'
    : summary
}
