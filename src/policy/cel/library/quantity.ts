import { compareQuantities, parseQuantity, type Quantity } from '../../../kubernetes/quantity.ts'
import { Comparable } from '../compare.ts'
import { CelError } from '../error.ts'
import { binary, type FunctionEntry, instance, integer, type Kind, type Overload, text, unary } from '../overload.ts'
import { Double, type Int, intOf } from '../values.ts'

class QuantityValue extends Comparable {
  readonly typeName = 'kubernetes.Quantity'
  readonly quantity: Quantity

  constructor(quantity: Quantity) {
    super()
    this.quantity = quantity
  }

  compareWith(other: unknown): number | undefined {
    return other instanceof QuantityValue ? compareQuantities(this.quantity, other.quantity) : undefined
  }
}

const nano = 1_000_000_000n
const amount: Kind<QuantityValue> = instance('kubernetes.Quantity', QuantityValue)

/** Kubernetes' quantity functions. */
export const quantityFunctions: readonly FunctionEntry[] = [
  ['isQuantity', unary(text, 'bool', (value) => parseQuantity(value) !== undefined)],
  ['quantity', unary(text, 'kubernetes.Quantity', parse)],
  ['sign', unary(amount, 'int', ({ quantity }) => signOf(quantity.nanos))],
  // Kubernetes documents the method but has only the function.
  ['.sign', unary(amount, 'int', ({ quantity }) => signOf(quantity.nanos))],
  ['.isInteger', unary(amount, 'bool', ({ quantity }) => quantity.isInteger)],
  ['.asInteger', unary(amount, 'int', ({ quantity }) => asInteger(quantity))],
  ['.asApproximateFloat', unary(amount, 'double', ({ quantity }) => new Double(Number(quantity.nanos) / 1e9))],
  ['.add', combine((left, right) => left + right), combineWithInt((left, right) => left + right)],
  ['.sub', combine((left, right) => left - right), combineWithInt((left, right) => left - right)],
  ['.isLessThan', ordering((order) => order < 0, 'bool')],
  ['.isGreaterThan', ordering((order) => order > 0, 'bool')],
  ['.compareTo', ordering((order) => order, 'int')],
]

function parse(value: string): QuantityValue {
  const quantity = parseQuantity(value)
  if (quantity === undefined) throw new CelError('quantity(): the text is no Kubernetes quantity')
  return new QuantityValue(quantity)
}

function signOf(nanos: bigint): number {
  if (nanos === 0n) return 0
  return nanos < 0n ? -1 : 1
}

function asInteger(quantity: Quantity): Int {
  if (!quantity.isInteger) throw new CelError('cannot convert value to integer')
  return intOf(quantity.nanos / nano)
}

function combine(operation: (left: bigint, right: bigint) => bigint): Overload {
  return binary(amount, amount, 'kubernetes.Quantity', (left, right) => {
    const nanos = operation(left.quantity.nanos, right.quantity.nanos)
    return new QuantityValue({ nanos, isInteger: left.quantity.isInteger && right.quantity.isInteger })
  })
}

function combineWithInt(operation: (left: bigint, right: bigint) => bigint): Overload {
  return binary(amount, integer, 'kubernetes.Quantity', (left, right) => {
    const nanos = operation(left.quantity.nanos, BigInt(right) * nano)
    return new QuantityValue({ nanos, isInteger: left.quantity.isInteger })
  })
}

function ordering(answer: (order: number) => unknown, returns: string): Overload {
  return binary(amount, amount, returns, (left, right) => answer(compareQuantities(left.quantity, right.quantity)))
}
