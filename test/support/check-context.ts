import type { CheckContext } from '../../src/checks/check.ts'
import { scanEntries } from '../../src/checks/secrets/scan.ts'
import { builtInDrivers } from '../../src/kubernetes/drivers.ts'
import { emptyInventory } from '../../src/kubernetes/inventory.ts'
import { newestSchemas } from '../../src/kubernetes/openapi/versions.ts'
import { podClaims } from '../../src/kubernetes/pod-claims.ts'

/** What a check gets to read of a create in namespace shop in which nothing else is known. */
export function checkContext(more: Partial<CheckContext> = {}): CheckContext {
  const { inventory = emptyInventory, namespace = 'shop', carrier = {} } = more
  return {
    inventory,
    drivers: builtInDrivers,
    schemas: newestSchemas,
    namespace,
    operation: 'CREATE',
    carrier,
    written: undefined,
    claimsOf: (pod) => podClaims(pod, carrier, namespace, inventory),
    scanSecrets: scanEntries,
    ...more,
  }
}
