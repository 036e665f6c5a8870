/** What every expression of a rule can read. docs/guide/policies.md describes each. */
export const ruleVariables = [
  'object',
  'oldObject',
  'request',
  'params',
  'variables',
  'lookup',
  'known',
  'namespaceObject',
] as const

/** What a message can read besides: what was found, what would be accepted. `field` is filled in by the engine. */
export const foundVariables = ['actual', 'expected'] as const
