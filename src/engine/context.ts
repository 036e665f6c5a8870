import type { AdmissionRequest } from '../admission/request.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import type { JsonObject, JsonValue } from '../kubernetes/json.ts'
import { isNamespaced, plainKind } from '../kubernetes/kinds.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { claimClass } from '../kubernetes/storage-class.ts'
import type { Subject } from '../kubernetes/views.ts'
import type { CompiledLookup, CompiledPolicy } from '../policy/compiled.ts'
import { Variables } from './variables.ts'

/** What expressions of a rule read; the names are `ruleVariables`. */
export type RuleContext = Readonly<Record<string, unknown>>

interface Lookup {
  readonly value: JsonValue
  /** Whether the answer is conclusive: what is not there does not exist. */
  readonly known: boolean
}

/** Builds the context of a policy's expressions for one subject. Throws a CelError where a look-up's name fails. */
export function ruleContext(
  policy: CompiledPolicy,
  parameters: JsonObject,
  subject: Subject,
  oldObject: JsonObject | undefined,
  request: AdmissionRequest,
  inventory: Inventory,
): RuleContext {
  const context: Record<string, unknown> = {
    object: subject.object,
    oldObject: oldObject ?? null,
    request: { operation: request.operation, namespace: request.namespace, userInfo: request.userInfo },
    params: parameters,
    namespaceObject: (request.namespace === '' ? undefined : inventory.get('Namespace', '', request.namespace)) ?? null,
    lookup: {},
    known: {},
    variables: {},
  }
  if (policy.lookups.length > 0) addLookups(context, policy, subject, request, inventory)
  if (policy.variables.size > 0) context['variables'] = new Variables(policy.variables, context)
  return context
}

function addLookups(
  context: Record<string, unknown>,
  { lookups }: CompiledPolicy,
  subject: Subject,
  request: AdmissionRequest,
  inventory: Inventory,
): void {
  const values: Record<string, JsonValue> = {}
  const known: Record<string, boolean> = {}
  for (const lookup of lookups) {
    const found = lookUp(lookup, context, subject, request, inventory)
    values[lookup.name] = found.value
    known[lookup.name] = found.known
  }
  context['lookup'] = values
  context['known'] = known
}

function lookUp(
  lookup: CompiledLookup,
  context: RuleContext,
  subject: Subject,
  request: AdmissionRequest,
  inventory: Inventory,
): Lookup {
  switch (lookup.type) {
    case 'list':
      return listOthers(lookup.kind, subject, request, inventory)
    case 'get':
      return getOne(lookup, context, request, inventory)
    case 'storageClass': {
      const { name, source, path, object, known } = claimClass(subject.object, inventory)
      return { value: { name, source, path, object: object ?? null }, known }
    }
    default:
      return lookup satisfies never
  }
}

function listOthers(kind: string, subject: Subject, request: AdmissionRequest, inventory: Inventory): Lookup {
  const plain = plainKind(kind)
  const known = inventory.isComplete(plain)
  const all = inventory.list(plain)
  if (subject.kind !== kind || subject.path !== '') return { value: all, known }
  const { name } = referenceOf(subject.object)
  const others = all.filter((object) => {
    const other = referenceOf(object)
    return other.name !== name || (isNamespaced(kind) !== false && other.namespace !== request.namespace)
  })
  return { value: others, known }
}

function getOne(
  lookup: Extract<CompiledLookup, { type: 'get' }>,
  context: RuleContext,
  request: AdmissionRequest,
  inventory: Inventory,
): Lookup {
  const plain = plainKind(lookup.kind)
  const name = String(lookup.objectName.evaluate(context))
  const ownNamespace = isNamespaced(lookup.kind) === false ? '' : request.namespace
  const namespace = lookup.namespace === undefined ? ownNamespace : String(lookup.namespace.evaluate(context))
  const object = inventory.get(plain, namespace, name)
  return { value: object ?? null, known: object !== undefined || inventory.isComplete(plain) }
}
