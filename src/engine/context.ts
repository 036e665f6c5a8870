import type { JsonObject } from '../kubernetes/json.ts'
import type { Subject } from '../kubernetes/views.ts'
import type { CompiledPolicy } from '../policy/compiled.ts'
import { concealed } from './conceal.ts'
import { Lazy } from './lazy.ts'
import { type Found, lookUp } from './look-up.ts'
import type { Scene } from './scene.ts'

/** What expressions of a rule read; the names are `ruleVariables`. */
export type RuleContext = Readonly<Record<string, unknown>>

/** Builds the context of a policy's expressions for one subject. Variables and look-ups are worked out when read. */
export function ruleContext(
  policy: CompiledPolicy,
  parameters: JsonObject,
  subject: Subject,
  scene: Scene,
): RuleContext {
  const { request, inventory, carrier, policies } = scene
  const { operation, namespace, userInfo } = request
  const context: Record<string, unknown> = {
    object: subject.object,
    // An embedded object has no counterpart that could be told apart safely.
    oldObject: (subject.path === '' ? request.oldObject : undefined) ?? null,
    carrier,
    get written(): JsonObject | null {
      return scene.stated() ?? null
    },
    request: { operation, namespace, userInfo, manifest: request.written !== undefined },
    params: parameters,
    namespaceObject: (namespace === '' ? undefined : inventory.get('Namespace', '', namespace)) ?? null,
    facts: policies.facts,
    ...lookUps(policy, subject, scene, () => context),
    variables: new Lazy((name) => policy.variables.get(String(name))?.compute(context)),
  }
  return context
}

/** The same without a Secret's values, for messages: whatever their expressions read, they cannot repeat one. */
export function concealedContext(
  policy: CompiledPolicy,
  parameters: JsonObject,
  subject: Subject,
  scene: Scene,
): RuleContext {
  const { carrier, request } = scene
  const { apiVersion = '', kind = '' } = carrier
  return ruleContext(
    policy,
    parameters,
    { ...subject, object: concealed(subject.object) },
    {
      ...scene,
      // What a Secret hides in may hold it at any place: only its identity is shown.
      carrier: subject.path === '' ? concealed(carrier) : { apiVersion, kind },
      stated: () => undefined,
      request: { ...request, oldObject: request.oldObject === undefined ? undefined : concealed(request.oldObject) },
    },
  )
}

function lookUps(
  { lookups }: CompiledPolicy,
  subject: Subject,
  scene: Scene,
  context: () => RuleContext,
): { readonly lookup: Lazy; readonly known: Lazy } {
  const found = new Lazy((name) => {
    const lookup = lookups.get(String(name))
    return lookup === undefined ? undefined : lookUp(lookup, subject, scene, context)
  })
  const read = (name: unknown): Found | undefined => {
    const value = found.get(name)
    return isFound(value) ? value : undefined
  }
  return { lookup: new Lazy((name) => read(name)?.value), known: new Lazy((name) => read(name)?.known) }
}

function isFound(value: unknown): value is Found {
  return typeof value === 'object' && value !== null && 'known' in value
}
