import type { JsonObject, JsonValue } from '../kubernetes/json.ts'
import type { Subject } from '../kubernetes/views.ts'
import type { CompiledPolicy } from '../policy/compiled.ts'
import { concealed } from './conceal.ts'
import { Lazy } from './lazy.ts'
import { type Found, lookUp } from './look-up.ts'
import type { Scene } from './scene.ts'

/**
 * What expressions of a policy's rules read about one subject; the members are `ruleVariables`. Made for nearly every
 * policy and object, so that whatever takes work is done when it is first read.
 */
export class RuleContext {
  readonly [variable: string]: unknown
  readonly object: JsonObject
  readonly params: JsonObject
  /** The match that a rule with `each` judges; changes from one to the next, so that what was looked up stays known. */
  item: JsonValue = null
  private readonly policy: CompiledPolicy
  private readonly subject: Subject
  private readonly scene: Scene
  private found: Lazy<Found> | undefined
  private lookups: Lazy<JsonValue> | undefined
  private certainties: Lazy<boolean> | undefined
  private defined: Lazy<unknown> | undefined

  constructor(policy: CompiledPolicy, parameters: JsonObject, subject: Subject, scene: Scene) {
    this.object = subject.object
    this.params = parameters
    this.policy = policy
    this.subject = subject
    this.scene = scene
  }

  /** The stored object; an embedded object has no counterpart that could be told apart safely. */
  get oldObject(): JsonObject | null {
    return (this.subject.path === '' ? this.scene.request.oldObject : undefined) ?? null
  }

  get carrier(): JsonObject {
    return this.scene.carrier
  }

  get written(): JsonObject | null {
    return this.scene.stated() ?? null
  }

  get request(): object {
    const { operation, namespace, userInfo, written } = this.scene.request
    return { operation, namespace, userInfo, manifest: written !== undefined }
  }

  get namespaceObject(): JsonObject | null {
    const { request, inventory } = this.scene
    return (request.namespace === '' ? undefined : inventory.get('Namespace', '', request.namespace)) ?? null
  }

  get facts(): JsonObject {
    return this.scene.policies.facts
  }

  get variables(): Lazy<unknown> {
    this.defined ??= new Lazy((name) => this.policy.variables.get(String(name))?.compute(this))
    return this.defined
  }

  get lookup(): Lazy<JsonValue> {
    this.lookups ??= new Lazy((name) => this.find(name)?.value)
    return this.lookups
  }

  get known(): Lazy<boolean> {
    this.certainties ??= new Lazy((name) => this.find(name)?.known)
    return this.certainties
  }

  private find(name: unknown): Found | undefined {
    this.found ??= new Lazy((wanted) => {
      const lookup = this.policy.lookups.get(String(wanted))
      return lookup === undefined ? undefined : lookUp(lookup, this.subject, this.scene, this)
    })
    return this.found.get(name)
  }
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
  return new RuleContext(
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
