import type { Budget } from './budget.ts'
import { type CelType, parseType } from './cel-type.ts'
import { type CelMap, type Double, type Int, isDouble, isInt, isList, isMap, Optional, Uint } from './values.ts'

/** What a parameter takes: its CEL type for the checker and a guard for the evaluation. */
export interface Kind<T> {
  readonly type: CelType
  readonly is: (value: unknown) => value is T
}

/** One way to call a function: a method's receiver is the first parameter. */
export interface Overload {
  readonly parameters: readonly CelType[]
  readonly returns: CelType
  /** Calls the function, or gives {@link noMatch} where the values are not of its kinds. Throws CelError. */
  readonly attempt: (values: readonly unknown[], budget: Budget) => unknown
}

/** A function under its name: `size`, `.size` for a method, `sets.contains` in a namespace. */
export type FunctionEntry = readonly [name: string, ...overloads: readonly Overload[]]

/** What {@link Overload.attempt} gives where values do not fit. */
export const noMatch: unique symbol = Symbol('no matching overload')

/** A kind from a CEL type and a guard. */
export function kind<T>(type: string, is: (value: unknown) => value is T): Kind<T> {
  return { type: parseType(type), is }
}

/** The kind of a class of opaque values. */
export function instance<T>(type: string, constructor: abstract new (...parameters: never[]) => T): Kind<T> {
  return kind(type, (value): value is T => value instanceof constructor)
}

const isString = (value: unknown): value is string => typeof value === 'string'
const isAny = (_value: unknown): _value is unknown => true

export const text: Kind<string> = kind('string', isString)
export const truth: Kind<boolean> = kind('bool', (value) => typeof value === 'boolean')
export const integer: Kind<Int> = kind('int', isInt)
export const unsigned: Kind<Uint> = instance('uint', Uint)
export const float: Kind<Double | number> = kind('double', isDouble)
export const octets: Kind<Uint8Array> = instance('bytes', Uint8Array)
export const list: Kind<readonly unknown[]> = kind('list<T>', isList)
export const textList: Kind<readonly unknown[]> = kind('list<string>', isList)
export const map: Kind<CelMap> = kind('map<K, V>', isMap)
export const optional: Kind<Optional> = instance('optional<T>', Optional)
/** Any value; of the same type as the other parameters and elements named T. */
export const element: Kind<unknown> = kind('T', isAny)
/** Any value of any type. */
export const anything: Kind<unknown> = kind('dyn', isAny)

/** An overload of one parameter. */
export function unary<A>(a: Kind<A>, returns: string, call: (a: A, budget: Budget) => unknown): Overload {
  return {
    parameters: [a.type],
    returns: parseType(returns),
    attempt: (values, budget) => {
      const first = values[0]
      return a.is(first) ? call(first, budget) : noMatch
    },
  }
}

/** An overload of two parameters. */
export function binary<A, B>(
  a: Kind<A>,
  b: Kind<B>,
  returns: string,
  call: (a: A, b: B, budget: Budget) => unknown,
): Overload {
  return {
    parameters: [a.type, b.type],
    returns: parseType(returns),
    attempt: (values, budget) => {
      const first = values[0]
      const second = values[1]
      return a.is(first) && b.is(second) ? call(first, second, budget) : noMatch
    },
  }
}

/** An overload of three parameters. */
export function ternary<A, B, C>(
  kinds: readonly [Kind<A>, Kind<B>, Kind<C>],
  returns: string,
  call: (a: A, b: B, c: C, budget: Budget) => unknown,
): Overload {
  const [a, b, c] = kinds
  return {
    parameters: [a.type, b.type, c.type],
    returns: parseType(returns),
    attempt: (values, budget) => {
      const [first, second, third] = values
      return a.is(first) && b.is(second) && c.is(third) ? call(first, second, third, budget) : noMatch
    },
  }
}

/** An overload of four parameters. */
export function quaternary<A, B, C, D>(
  kinds: readonly [Kind<A>, Kind<B>, Kind<C>, Kind<D>],
  returns: string,
  call: (values: readonly [A, B, C, D], budget: Budget) => unknown,
): Overload {
  const [a, b, c, d] = kinds
  return {
    parameters: kinds.map((each) => each.type),
    returns: parseType(returns),
    attempt: (values, budget) => {
      const [first, second, third, fourth] = values
      const fits = a.is(first) && b.is(second) && c.is(third) && d.is(fourth)
      return fits ? call([first, second, third, fourth], budget) : noMatch
    },
  }
}
