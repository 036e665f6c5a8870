/** What every expression of a rule can read. docs/guide/policies.md describes each. */
export const ruleVariables = [
  'object',
  'oldObject',
  'carrier',
  'written',
  'request',
  'params',
  'variables',
  'lookup',
  'known',
  'namespaceObject',
  'facts',
] as const

/** What expressions of a rule with `each` can read besides: the match that is being judged. */
export const itemVariable = 'item'

/** What a message can read besides: what was found, what would be accepted. `field` is filled in by the engine. */
export const foundVariables = ['actual', 'expected'] as const
