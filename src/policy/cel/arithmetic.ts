import { CelError } from './error.ts'
import { type Int, intOf } from './values.ts'

/** Adds two ints; throws {@link CelError} beyond 64 bits, as do the others. */
export function addInts(left: Int, right: Int): Int {
  const sum = typeof left === 'number' && typeof right === 'number' ? left + right : Number.NaN
  return Number.isSafeInteger(sum) ? sum + 0 : intOf(BigInt(left) + BigInt(right))
}

/** Subtracts two ints. */
export function subtractInts(left: Int, right: Int): Int {
  const difference = typeof left === 'number' && typeof right === 'number' ? left - right : Number.NaN
  return Number.isSafeInteger(difference) ? difference + 0 : intOf(BigInt(left) - BigInt(right))
}

/** Multiplies two ints. */
export function multiplyInts(left: Int, right: Int): Int {
  const product = typeof left === 'number' && typeof right === 'number' ? left * right : Number.NaN
  return Number.isSafeInteger(product) ? product + 0 : intOf(BigInt(left) * BigInt(right))
}

/** Divides two ints and drops the remainder; throws {@link CelError} for a divisor of zero. */
export function divideInts(left: Int, right: Int): Int {
  const divisor = BigInt(right)
  if (divisor === 0n) throw new CelError('division by zero')
  return intOf(BigInt(left) / divisor)
}

/** The remainder of a division, with the sign of the dividend. */
export function remainderOfInts(left: Int, right: Int): Int {
  const divisor = BigInt(right)
  if (divisor === 0n) throw new CelError('modulus by zero')
  return intOf(BigInt(left) % divisor)
}
