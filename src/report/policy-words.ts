import { asObject, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { type GroupKind, parseGroupKind, plainKind } from '../kubernetes/kinds.ts'
import { builtInViews, type View } from '../kubernetes/views.ts'
import type { Action } from '../policy/action.ts'
import type { LookupSpec, PolicySpec } from '../policy/document.ts'

/** What an action does, at admission and in `holdfast check`. */
export const actionWords: Readonly<Record<Action, { readonly admission: string; readonly check: string }>> = {
  deny: { admission: 'refused, with the fix', check: 'error' },
  fix: {
    admission: 'repaired, with a warning that says what changed; refused where it cannot be repaired',
    check: 'error, with the patch',
  },
  warn: { admission: 'admitted with a warning', check: 'warning' },
  audit: { admission: 'admitted silently, recorded', check: 'note' },
  off: { admission: 'not evaluated', check: '–' },
}

/** What a policy does in each profile; in `observe` every policy audits. */
export function actionsOf({ action }: PolicySpec): Readonly<Record<'baseline' | 'strict' | 'observe', Action>> {
  return { ...action, observe: 'audit' }
}

/** The operations a policy judges, in the order it names them. */
export function operationsOf({ match }: PolicySpec): readonly string[] {
  return match.operations ?? ['CREATE', 'UPDATE']
}

/** What narrows a policy besides kinds and operations, as it is written: `excludeNamespaces` and its globs. */
export function matchConditions({ match }: PolicySpec): readonly (readonly [string, JsonValue])[] {
  const { kinds: _kinds, operations: _operations, ...conditions } = match
  const written: JsonValue = JSON.parse(JSON.stringify(conditions))
  return Object.entries(asObject(written)).map(([name, value]) => [name, value ?? null])
}

/** A kind that is judged, and the places in other kinds in which it hides. */
export interface JudgedKind {
  readonly kind: string
  readonly hidesIn: readonly { readonly place: string; readonly carriers: readonly string[] }[]
}

/** The kinds a policy judges, and where they hide in Kubernetes' own kinds: `spec.template` of Deployment, Job, …. */
export function judgedKinds(spec: PolicySpec): readonly JudgedKind[] {
  const { kinds } = spec.match
  // What hides in an object is not deleted with it, and not judged then.
  if (operationsOf(spec).every((operation) => operation === 'DELETE'))
    return kinds.map((kind) => ({ kind, hidesIn: [] }))
  return kinds.map((kind) => {
    const places = Map.groupBy(carriersOf(parseGroupKind(kind) ?? kind, '', []), ({ path }) => path)
    return {
      kind,
      hidesIn: [...places].map(([path, found]) => ({
        place: placeText(path),
        carriers: found.map(({ carrier }) => plainKind(carrier)).sort(),
      })),
    }
  })
}

interface Carrier {
  readonly carrier: GroupKind
  readonly path: string
}

function carriersOf(kind: GroupKind, path: string, seen: readonly GroupKind[]): readonly Carrier[] {
  const views: readonly View[] = builtInViews.filter((view) => view.kind === kind && !seen.includes(view.in))
  return views.flatMap((view) => {
    const nearest: Carrier = { carrier: view.in, path: view.path + path }
    return [nearest].concat(carriersOf(view.in, view.path + path, [...seen, kind]))
  })
}

/**
 * A JSON pointer, or a pattern with `*`, as people write a field: `spec.volumes[*].hostPath`. One with places to fill in
 * (`{{…}}`) stays as it is; the empty one is undefined.
 */
export function placeText(pointer: string): string {
  if (pointer.includes('{{')) return pointer
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step, index) => {
      if (step === '*' || /^\d+$/.test(step)) return `[${step}]`
      if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) return `[${JSON.stringify(step)}]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}

/** What a look-up finds, as a noun phrase. */
export function lookupWords(lookup: LookupSpec): string {
  if ('relation' in lookup) return relationWords[lookup.relation]
  if ('list' in lookup) return `every other ${lookup.kind}`
  const place = lookup.namespace === undefined ? '' : ' of a certain namespace'
  return `one ${lookup.kind}${place}, by its name`
}

const relationWords: Readonly<Record<Extract<LookupSpec, { readonly relation: string }>['relation'], string>> = {
  storageClass: 'the class of the claim, as Kubernetes reads it (beta annotation, spec, default class)',
  driver: 'what is known of the CSI driver',
  claims: 'the claims of the pod',
}

/** A parameter's type in words, by its JSON Schema: `list of strings`, `"high" or "low"`. */
export function typeWords(schema: JsonObject): string {
  const { enum: values, type, anyOf, oneOf } = schema
  if (Array.isArray(values)) return values.map((value: JsonValue) => JSON.stringify(value)).join(' or ')
  const choices = anyOf ?? oneOf
  if (Array.isArray(choices)) return [...new Set(choices.filter(isObject).map(typeWords))].join(', or ')
  if (Array.isArray(type)) return type.join(' or ')
  if (type === 'array') return `list of ${plural(schema['items'])}`
  if (type === 'object' && isObject(schema['additionalProperties'])) {
    return `object of ${plural(schema['additionalProperties'])} by name`
  }
  return typeof type === 'string' ? type : 'any'
}

function plural(items: JsonValue | undefined): string {
  if (!isObject(items)) return 'values'
  const { enum: values, type } = items
  if (Array.isArray(values)) return `values, each ${typeWords(items)}`
  return typeof type === 'string' && ['string', 'number', 'integer', 'boolean', 'object'].includes(type)
    ? `${type}s`
    : 'values'
}

/** A control catalogue's name and version, by its id in policies: `cis-kubernetes-1.12`. Unknown ids stay. */
export function catalogueName(id: string): string {
  const known = catalogues.find(([prefix]) => id === prefix || id.startsWith(`${prefix}-`))
  if (known === undefined) return id
  const [prefix, name] = known
  return [name, id.slice(prefix.length + 1)].filter((part) => part !== '').join(' ')
}

const catalogues: readonly (readonly [string, string])[] = [
  ['nist-800-53r5', 'NIST SP 800-53 Rev. 5'],
  ['nist-800-190', 'NIST SP 800-190'],
  ['cis-kubernetes', 'CIS Kubernetes Benchmark'],
  ['nsa-cisa', 'NSA/CISA Kubernetes Hardening Guide'],
  ['pci-dss', 'PCI DSS'],
  ['pod-security-standards', 'Kubernetes Pod Security Standards'],
  ['pss', 'Kubernetes Pod Security Standards'],
]
