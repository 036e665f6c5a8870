import { bool, join } from './cel-type.ts'
import type { Code, Frame } from './code.ts'
import { noOverload } from './dispatch.ts'
import { CelError, CostError } from './error.ts'

function isCondition({ type }: Code): boolean {
  return type.name === 'bool' || type.name === 'dyn'
}

/** Compiles `&&` or `||`, where an operand that settles the result makes up for the other's error. */
export function compileLogic(operator: '&&' | '||', left: Code, right: Code): Code | undefined {
  if (!isCondition(left) || !isCondition(right)) return undefined
  const decisive = operator === '||'
  return {
    type: bool,
    run: (frame) => {
      let first: boolean
      try {
        first = truth(left, operator, frame)
      } catch (error) {
        if (!(error instanceof CelError) || error instanceof CostError) throw error
        if (truth(right, operator, frame) === decisive) return decisive
        throw error
      }
      return first === decisive ? decisive : truth(right, operator, frame)
    },
  }
}

/** Compiles `!`. */
export function compileNot(operand: Code): Code | undefined {
  return isCondition(operand) ? { type: bool, run: (frame) => !truth(operand, '!', frame) } : undefined
}

/** Compiles `condition ? yes : no`. */
export function compileTernary(condition: Code, yes: Code, no: Code): Code | undefined {
  const type = join(yes.type, no.type)
  if (type === undefined || !isCondition(condition)) return undefined
  return { type, run: (frame) => (truth(condition, '?:', frame) ? yes.run(frame) : no.run(frame)) }
}

function truth(operand: Code, operator: string, frame: Frame): boolean {
  const value = operand.run(frame)
  if (typeof value !== 'boolean') throw noOverload(operator, [value])
  return value
}
