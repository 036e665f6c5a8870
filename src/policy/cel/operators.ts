import type { BinaryOperator } from '@marcbachmann/cel-js'
import { addInts, divideInts, multiplyInts, remainderOfInts, subtractInts } from './arithmetic.ts'
import type { Budget } from './budget.ts'
import { bool, type CelType, isDynamic, join } from './cel-type.ts'
import type { Code } from './code.ts'
import { compare, equals } from './compare.ts'
import { CelError } from './error.ts'
import { invoke, resolve } from './dispatch.ts'
import { duration, Timestamp, timestamp, Duration } from './library/time.ts'
import {
  binary,
  element,
  float,
  integer,
  kind,
  list,
  map,
  octets,
  type Overload,
  text,
  truth,
  unary,
  unsigned,
} from './overload.ts'
import { Double, doubleOf, entryOf, intOf, isInt, Uint } from './values.ts'

const time = timestamp.type.name
const span = duration.type.name

const additions: readonly Overload[] = [
  binary(integer, integer, 'int', addInts),
  binary(unsigned, unsigned, 'uint', (left, right) => new Uint(left.value + right.value)),
  floats((left, right) => left + right),
  binary(text, text, 'string', (left, right, budget) => (budget.spendOn(left), budget.spendOn(right), left + right)),
  binary(octets, octets, 'bytes', (left, right) => Uint8Array.from([...left, ...right])),
  binary(list, list, 'list<T>', (left, right, budget) => {
    budget.spend(left.length + right.length)
    return [...left, ...right]
  }),
  binary(duration, duration, span, (left, right) => left.plus(right)),
  binary(timestamp, duration, time, (left, right) => new Timestamp(left.nanos + right.nanos)),
  binary(duration, timestamp, time, (left, right) => new Timestamp(left.nanos + right.nanos)),
]

const subtractions: readonly Overload[] = [
  binary(integer, integer, 'int', subtractInts),
  binary(unsigned, unsigned, 'uint', (left, right) => new Uint(left.value - right.value)),
  floats((left, right) => left - right),
  binary(duration, duration, span, (left, right) => new Duration(left.nanos - right.nanos)),
  binary(timestamp, timestamp, span, (left, right) => new Duration(left.nanos - right.nanos)),
  binary(timestamp, duration, time, (left, right) => new Timestamp(left.nanos - right.nanos)),
]

const multiplications: readonly Overload[] = [
  binary(integer, integer, 'int', multiplyInts),
  binary(unsigned, unsigned, 'uint', (left, right) => new Uint(left.value * right.value)),
  floats((left, right) => left * right),
]

const divisions: readonly Overload[] = [
  binary(integer, integer, 'int', divideInts),
  binary(unsigned, unsigned, 'uint', (left, right) => new Uint(left.value / nonZero(right.value, 'division'))),
  floats((left, right) => left / right),
]

const remainders: readonly Overload[] = [
  binary(integer, integer, 'int', remainderOfInts),
  binary(unsigned, unsigned, 'uint', (left, right) => new Uint(left.value % nonZero(right.value, 'modulus'))),
]

const membership: readonly Overload[] = [
  binary(element, list, 'bool', (value, values, budget) => {
    budget.spendOn(values)
    return values.some((other) => equals(value, other, budget))
  }),
  binary(
    kind('K', (value): value is unknown => value !== undefined),
    map,
    'bool',
    (key, values) => {
      return entryOf(values, key) !== undefined
    },
  ),
]

const negation: readonly Overload[] = [
  unary(integer, 'int', (value) => intOf(-BigInt(value))),
  unary(float, 'double', (value) => new Double(-doubleOf(value))),
  unary(duration, span, (value) => new Duration(-value.nanos)),
]

const numbers = new Set(['int', 'uint', 'double', 'dyn'])
const ordered = new Set([...numbers, text.type.name, truth.type.name, octets.type.name, time, span])

function floats(operation: (left: number, right: number) => number): Overload {
  return binary(float, float, 'double', (left, right) => new Double(operation(doubleOf(left), doubleOf(right))))
}

function nonZero(divisor: bigint, operation: string): bigint {
  if (divisor === 0n) throw new CelError(`${operation} by zero`)
  return divisor
}

type Operator = (left: Code, right: Code) => Code | undefined

const operators: Readonly<Record<BinaryOperator, Operator>> = {
  '==': (left, right) => compileEquality(left, right, true),
  '!=': (left, right) => compileEquality(left, right, false),
  '<': (left, right) => compileOrder(left, right, (order) => order < 0),
  '<=': (left, right) => compileOrder(left, right, (order) => order <= 0),
  '>': (left, right) => compileOrder(left, right, (order) => order > 0),
  '>=': (left, right) => compileOrder(left, right, (order) => order >= 0),
  in: (left, right) => compileOverloads('in', membership, [left, right]),
  '+': (left, right) => compileOverloads('+', additions, [left, right]),
  '-': (left, right) => compileOverloads('-', subtractions, [left, right]),
  '*': (left, right) => compileOverloads('*', multiplications, [left, right]),
  '/': (left, right) => compileOverloads('/', divisions, [left, right]),
  '%': (left, right) => compileOverloads('%', remainders, [left, right]),
}

/** Compiles a binary operator; undefined where it does not take operands of these types. */
export function compileBinary(operator: BinaryOperator, left: Code, right: Code): Code | undefined {
  return operators[operator](left, right)
}

/** Compiles a minus sign; undefined where the operand's type has none. */
export function compileNegation(operand: Code): Code | undefined {
  return compileOverloads('-', negation, [operand])
}

function compileOverloads(name: string, overloads: readonly Overload[], operands: readonly Code[]): Code | undefined {
  const resolution = resolve(
    overloads,
    operands.map(({ type }) => type),
  )
  if (resolution === undefined) return undefined
  const { candidates, returns } = resolution
  return {
    type: returns,
    run: (frame) =>
      invoke(
        name,
        candidates,
        operands.map(({ run }) => run(frame)),
        frame.budget,
      ),
  }
}

function compileEquality(left: Code, right: Code, expected: boolean): Code | undefined {
  if (join(left.type, right.type) === undefined) return undefined
  return {
    type: bool,
    run: (frame) => equals(left.run(frame), right.run(frame), frame.budget) === expected,
  }
}

function compileOrder(left: Code, right: Code, holds: (order: number) => boolean): Code | undefined {
  if (!areOrdered(left.type, right.type)) return undefined
  return { type: bool, run: (frame) => holds(orderOf(left.run(frame), right.run(frame), frame.budget)) }
}

function areOrdered(left: CelType, right: CelType): boolean {
  if (!ordered.has(left.name) || !ordered.has(right.name)) return false
  return (
    isDynamic(left) ||
    isDynamic(right) ||
    left.name === right.name ||
    (numbers.has(left.name) && numbers.has(right.name))
  )
}

function orderOf(left: unknown, right: unknown, budget: Budget): number {
  if (isInt(left) && isInt(right)) return left < right ? -1 : Number(left > right)
  if (typeof left === 'string') budget.spendOn(left)
  return compare(left, right)
}
