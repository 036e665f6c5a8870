import type { JsonObject } from '../kubernetes/json.ts'
import { apiClient } from './api-client.ts'
import { systemClock } from './clock.ts'
import { type ClusterInventory, connectInventory, type InventoryOptions } from './inventory.ts'
import { policyKinds } from './policy-kinds.ts'
import { type PolicyOutcome, policyStatusWriter } from './policy-status.ts'

/** A cluster's inventory, together with its policies and exceptions. */
export interface ClusterWithPolicies extends Pick<ClusterInventory, 'current' | 'ageSeconds' | 'ready' | 'stop'> {
  readonly policies: {
    /** The policies and exceptions that there are now. */
    objects(): readonly JsonObject[]
    /** Writes into their status what became of them. */
    tell(outcomes: readonly PolicyOutcome[]): void
  }
}

/**
 * Begins to follow a cluster's objects as connectInventory does, and its policies and exceptions besides. Ready once both
 * are known. Rejects with an Error only where no kubeconfig can be used.
 */
export async function connectWithPolicies(options: InventoryOptions): Promise<ClusterWithPolicies> {
  const { kubeConfig, logger, now } = options
  const client = apiClient(kubeConfig)
  const inventory = await connectInventory(options)
  // Apart from the rest: whoever asks often for what changes often has it copied each time.
  const policies = await connectInventory({ ...options, kinds: policyKinds })
  const writer = policyStatusWriter({ client, clock: systemClock(now), logger })
  return {
    current: () => inventory.current(),
    ageSeconds() {
      const age = inventory.ageSeconds()
      return age === undefined ? undefined : Math.max(age, policies.ageSeconds() ?? 0)
    },
    ready() {
      const [ofObjects, ofPolicies] = [inventory.ready(), policies.ready()]
      return { ready: ofObjects.ready && ofPolicies.ready, reasons: [...ofObjects.reasons, ...ofPolicies.reasons] }
    },
    async stop() {
      await Promise.all([writer.stop(), policies.stop(), inventory.stop()])
    },
    policies: {
      objects: () => policyKinds.flatMap(({ kind }) => policies.current().list(kind)),
      tell: (outcomes) => writer.tell(outcomes),
    },
  }
}
