import { asString, isArray, isObject, type JsonValue, member } from './json.ts'

type Labels = Readonly<Record<string, string>>

/**
 * Tells whether a set of labels matches a Kubernetes LabelSelector, with the semantics of apimachinery's
 * LabelSelectorAsSelector: `matchLabels` and `matchExpressions` are all required, an empty selector matches
 * everything, an absent (undefined or null) one nothing. A malformed selector, which the API server would
 * refuse, matches nothing.
 */
export function labelSelectorMatches(selector: JsonValue | undefined, labels: Labels): boolean {
  if (!isObject(selector)) return false
  const known = new Set(['matchLabels', 'matchExpressions'])
  if (Object.keys(selector).some((key) => !known.has(key))) return false
  return (
    matchLabelsHold(member(selector, 'matchLabels'), labels) &&
    matchExpressionsHold(member(selector, 'matchExpressions'), labels)
  )
}

function matchLabelsHold(matchLabels: JsonValue | undefined, labels: Labels): boolean {
  if (matchLabels === undefined || matchLabels === null) return true
  if (!isObject(matchLabels)) return false
  return Object.entries(matchLabels).every(
    ([key, value]) => typeof value === 'string' && ownLabel(labels, key) === value,
  )
}

function matchExpressionsHold(expressions: JsonValue | undefined, labels: Labels): boolean {
  if (expressions === undefined || expressions === null) return true
  return isArray(expressions) && expressions.every((expression) => expressionHolds(expression, labels))
}

function expressionHolds(expression: JsonValue, labels: Labels): boolean {
  const key = asString(member(expression, 'key'))
  if (key === undefined || key === '') return false
  const listed = member(expression, 'values') ?? []
  if (!isArray(listed) || !listed.every((value) => typeof value === 'string')) return false
  const actual = ownLabel(labels, key)
  switch (asString(member(expression, 'operator')) ?? '') {
    case 'In':
      return actual !== undefined && listed.includes(actual)
    // An object without the label passes NotIn, but a NotIn without values is malformed.
    case 'NotIn':
      return listed.length > 0 && (actual === undefined || !listed.includes(actual))
    case 'Exists':
      return listed.length === 0 && actual !== undefined
    case 'DoesNotExist':
      return listed.length === 0 && actual === undefined
    default:
      return false
  }
}

function ownLabel(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}
