import type { JsonValue } from '../../kubernetes/json.ts'
import { isSurely, nearest } from '../../kubernetes/suggest.ts'
import type { CheckFinding } from '../check.ts'
import type { Place } from './place.ts'
import { wrongType } from './scalar.ts'

// How people and documentation abbreviate access modes.
const abbreviations: ReadonlyMap<string, string> = new Map([
  ['RWO', 'ReadWriteOnce'],
  ['ROX', 'ReadOnlyMany'],
  ['RWX', 'ReadWriteMany'],
  ['RWOP', 'ReadWriteOncePod'],
])

const longestShown = 60
const mostListed = 8

/** What is wrong with a value that has to be one of some texts. An empty text stands for an absent value. */
export function judgeEnum(value: JsonValue, values: readonly string[], place: Place): CheckFinding | undefined {
  const remedy = `set {{field}} to ${choice(values)}`
  if (typeof value !== 'string') return { ...wrongType(value, 'string', place), expected: values, remedy }
  if (value === '' || values.includes(value)) return undefined
  const shown = value.length <= longestShown ? { actual: value } : {}
  const finding = { path: place.path, ...shown, expected: values }
  const found = `{{field}} is ${value.length <= longestShown ? JSON.stringify(value) : 'a long text'}`
  const meant = meantBy(value, values)
  if (meant === undefined) return { ...finding, problem: `${found}; it must be ${choice(values)}`, remedy }
  const certain = abbreviations.get(value) === meant || isSurely(value, meant)
  return {
    ...finding,
    problem: `${found}; did you mean "${meant}"?`,
    remedy: certain ? `set {{field}} to "${meant}"` : remedy,
    ...(certain && place.privacy !== 'secret' ? { repair: meant } : {}),
  }
}

function meantBy(value: string, values: readonly string[]): string | undefined {
  const named = abbreviations.get(value)
  if (named !== undefined && values.includes(named)) return named
  return values.find((candidate) => isSurely(value, candidate)) ?? nearest(value, values)
}

function choice(values: readonly string[]): string {
  const shown = values.slice(0, mostListed).map((value) => `"${value}"`)
  if (values.length > mostListed) return `one of ${shown.join(', ')}, …`
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((part) => part !== '').join(' or ')
}
