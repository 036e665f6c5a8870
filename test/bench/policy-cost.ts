import type { AdmissionRequest } from '../../src/admission/request.ts'
import { evaluate, type Surroundings } from '../../src/engine/evaluate.ts'
import { inventoryOf } from '../../src/kubernetes/inventory.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { isNamespaced } from '../../src/kubernetes/kinds.ts'
import type { CompiledPolicy, PolicySet } from '../../src/policy/compiled.ts'
import { claim, configMap, pod, storageClass } from './samples.ts'
import { type Spread, spread } from './statistics.ts'

/** What one policy costs on an object of its kind. */
export interface PolicyCost {
  readonly policy: string
  readonly kind: string
  /** Microseconds of `evaluate` with this policy alone. */
  readonly microseconds: Spread
}

const samples: ReadonlyMap<string, JsonObject> = new Map([
  ['Pod', pod()],
  ['ConfigMap', configMap(10 * 1024)],
  ['PersistentVolumeClaim', claim('data')],
  ['StorageClass.storage.k8s.io', storageClass()],
])

const repetitions = 9
const repetitionMs = 12
// Until the compiler is done with it.
const warmUpMs = 250

/** Measures every policy of a set on an object that breaks none. */
export function policyCosts(policies: PolicySet): readonly PolicyCost[] {
  return policies.policies.map((policy) => {
    const [kind = ''] = policy.kinds
    const alone = { ...policies, policies: [policy], byKind: only(policies, policy) }
    return { policy: policy.name, kind, microseconds: evaluationCost(alone, kind) }
  })
}

function only({ byKind }: PolicySet, policy: CompiledPolicy): PolicySet['byKind'] {
  return new Map(
    policy.kinds.flatMap((kind) => {
      const judging = byKind.get(kind)
      return judging === undefined ? [] : [[kind, { ...judging, policies: [policy] }] as const]
    }),
  )
}

/** Microseconds of `evaluate` by a set of policies on an object of a kind that breaks none. */
export function evaluationCost(policies: PolicySet, kind: string): Spread {
  const inventory = inventoryOf([storageClass()], ['StorageClass', 'PersistentVolume'])
  return cost(policies, requestOf(kind), { inventory, now: new Date() })
}

function requestOf(kind: string): AdmissionRequest {
  const [name = '', ...group] = kind.split('.')
  const apiVersion = group.length === 0 ? 'v1' : `${group.join('.')}/v1`
  return {
    uid: 'u',
    operation: 'CREATE',
    namespace: isNamespaced(kind) === false ? '' : 'shop',
    object: samples.get(kind) ?? { apiVersion, kind: name, metadata: { name: 'sample' } },
    written: undefined,
    oldObject: undefined,
    subResource: '',
    userInfo: { username: 'jane', groups: ['system:authenticated'] },
    dryRun: false,
  }
}

function cost(policies: PolicySet, request: AdmissionRequest, surroundings: Surroundings): Spread {
  const evaluateOnce = (): unknown => evaluate(policies, request, surroundings)
  repeated(evaluateOnce, warmUpMs)
  return spread(Array.from({ length: repetitions }, () => repeated(evaluateOnce, repetitionMs)))
}

/** Repeats a step for so many milliseconds; gives microseconds for one. */
function repeated(step: () => unknown, atLeastMs: number): number {
  const start = performance.now()
  let [calls, milliseconds] = [0, 0]
  while (milliseconds < atLeastMs) {
    for (let call = 0; call < 16; call += 1) step()
    calls += 16
    milliseconds = performance.now() - start
  }
  return (milliseconds / calls) * 1000
}
