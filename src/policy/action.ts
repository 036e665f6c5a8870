/** What happens on a violation; see docs/guide for the table of what each means at admission, in Git and in a scan. */
export const actions = ['deny', 'fix', 'warn', 'audit', 'off'] as const
export type Action = (typeof actions)[number]

/** How bad a violation is. From worst to least; also the order in which violations are told. */
export const severities = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

/** The profiles: each policy says what it does in `baseline` and `strict`; in `observe` every policy audits. */
export const profiles = ['baseline', 'strict', 'observe'] as const
export type Profile = (typeof profiles)[number]
