import type { AdmissionRequest } from '../admission/request.ts'
import { globMatches } from '../kubernetes/glob.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import { labelsOf } from '../kubernetes/object.ts'
import { labelSelectorMatches } from '../kubernetes/selector.ts'
import type { Subject } from '../kubernetes/views.ts'
import type { CompiledException, CompiledPolicy, MatchConditions } from '../policy/compiled.ts'
import type { ObjectReference } from '../kubernetes/object.ts'
import type { Pointer } from '../kubernetes/pointer.ts'

const defaultOperations: readonly string[] = ['CREATE', 'UPDATE']

/** Whether a policy is about this subject of this request. */
export function policyMatches(
  policy: CompiledPolicy,
  subject: Subject,
  request: AdmissionRequest,
  inventory: Inventory,
): boolean {
  const operations = policy.match[0]?.operations ?? defaultOperations
  return (
    operations.includes(request.operation) &&
    policy.match.every((conditions) => conditionsHold(conditions, subject, request, inventory))
  )
}

function conditionsHold(
  conditions: MatchConditions,
  subject: Subject,
  request: AdmissionRequest,
  inventory: Inventory,
): boolean {
  const { namespaces, excludeNamespaces, namespaceSelector, objectSelector } = conditions
  const { namespace } = request
  if (namespaces !== undefined && !matchesAny(namespaces, namespace)) return false
  if (excludeNamespaces !== undefined && matchesAny(excludeNamespaces, namespace)) return false
  // Kubernetes' own rule: a namespace selector says nothing about cluster-scoped objects.
  if (namespaceSelector !== undefined && namespace !== '') {
    if (!labelSelectorMatches(namespaceSelector, namespaceLabels(namespace, inventory))) return false
  }
  if (objectSelector !== undefined && !labelSelectorMatches(objectSelector, labelsOf(subject.object))) return false
  return userConditionsHold(conditions, request)
}

function userConditionsHold(conditions: MatchConditions, { userInfo }: AdmissionRequest): boolean {
  // In Git nobody is applying anything yet; a rule for some users is told to all.
  if (userInfo.username === '') return true
  const { users, excludeUsers, groups, excludeGroups } = conditions
  if (excludeUsers !== undefined && matchesAny(excludeUsers, userInfo.username)) return false
  if (excludeGroups !== undefined && userInfo.groups.some((group) => matchesAny(excludeGroups, group))) return false
  if (users !== undefined && !matchesAny(users, userInfo.username)) return false
  return groups === undefined || userInfo.groups.some((group) => matchesAny(groups, group))
}

// The API server puts this label on every namespace, so it is known even where the namespace is not.
function namespaceLabels(namespace: string, inventory: Inventory): Readonly<Record<string, string>> {
  return { ...labelsOf(inventory.get('Namespace', '', namespace)), 'kubernetes.io/metadata.name': namespace }
}

/** Whether any of the globs matches. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => globMatches(glob, text))
}

/** What exceptions name of a violation. */
export interface ViolationPlace {
  readonly resource: ObjectReference
  readonly rule: string
  readonly path: Pointer
  readonly fingerprints: readonly string[] | undefined
}

/** Whether an exception covers a violation: every condition it states holds. */
export function exceptionCovers(
  { rule: onlyRule, match }: CompiledException,
  { resource, rule, path, fingerprints }: ViolationPlace,
): boolean {
  return (
    (onlyRule === undefined || onlyRule === rule) &&
    (match.kinds === undefined || matchesAny(match.kinds, resource.kind)) &&
    (match.namespaces === undefined || matchesAny(match.namespaces, resource.namespace)) &&
    (match.names === undefined || matchesAny(match.names, resource.name)) &&
    (match.paths === undefined || matchesAny(match.paths, path)) &&
    (match.fingerprints === undefined || areAmong(fingerprints, match.fingerprints))
  )
}

/** Whether all values that a violation is about are known: an exception for one of two credentials covers neither. */
function areAmong(fingerprints: readonly string[] = [], known: readonly string[]): boolean {
  return fingerprints.length > 0 && fingerprints.every((fingerprint) => known.includes(fingerprint))
}
