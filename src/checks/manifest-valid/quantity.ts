import { parseQuantity } from '../../kubernetes/quantity.ts'
import type { CheckFinding } from '../check.ts'
import type { Place } from './place.ts'

const longestText = 40

/** What is wrong with a text that has to be a quantity; Kubernetes passes over spaces around it (resource.Quantity). */
export function malformedQuantity(text: string, { path, privacy }: Place): CheckFinding | undefined {
  const trimmed = text.trim()
  if (parseQuantity(trimmed) !== undefined) return undefined
  const isShown = privacy === 'shown' && text.length <= longestText
  const problem = `{{field}} is ${isShown ? JSON.stringify(text) : 'a text'}, which is no quantity`
  const finding = { path, ...(isShown ? { actual: text } : {}) }
  const [meant, other] = trimmed.length <= longestText ? meantBy(trimmed) : []
  if (meant === undefined) {
    return { ...finding, problem, remedy: 'write a number and a unit without a space between: 500Mi, 10Gi, 250m' }
  }
  if (other !== undefined) {
    const remedy = `write ${meant} (powers of 1,024) or ${other} (powers of 1,000)`
    return { ...finding, problem: `${problem}; did you mean "${meant}" or "${other}"?`, remedy }
  }
  return { ...finding, problem: `${problem}; did you mean "${meant}"?`, remedy: `write ${meant}`, repair: meant }
}

const units = new Set(['k', 'm', 'g', 't', 'p', 'e'])

/** The quantity that a text means; two where it may be counted in powers of 1,024 or of 1,000. */
function meantBy(text: string): readonly string[] {
  const [, number = '', unit = ''] = /^([0-9]+(?:[.,][0-9]+)?)\s*([A-Za-z]*)$/.exec(text) ?? []
  const amount = number.replace(',', '.')
  const letter = unit.charAt(0).toLowerCase()
  const rest = unit.slice(1).toLowerCase()
  if (number === '') return []
  // A thousand is a small k everywhere but in Ki.
  if (parseQuantity(amount + unit) !== undefined) return [amount + unit]
  if (unit.toLowerCase() === 'b' || /^bytes?$/i.test(unit)) return [amount]
  if (!units.has(letter)) return []
  const binary = `${amount}${letter.toUpperCase()}i`
  const decimal = amount + (letter === 'k' ? 'k' : letter.toUpperCase())
  if (rest === 'i' || rest === 'ib') return [binary]
  return rest === '' || rest === 'b' ? [binary, decimal] : []
}
