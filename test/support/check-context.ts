import type { CheckContext } from '../../src/checks/check.ts'
import { scanEntries } from '../../src/checks/secrets/scan.ts'
import { builtInDrivers } from '../../src/kubernetes/drivers.ts'
import { emptyInventory } from '../../src/kubernetes/inventory.ts'

/** What a check gets to read of a create in namespace shop in which nothing else is known. */
export function checkContext(more: Partial<CheckContext> = {}): CheckContext {
  return {
    inventory: emptyInventory,
    drivers: builtInDrivers,
    namespace: 'shop',
    operation: 'CREATE',
    carrier: {},
    written: undefined,
    scanSecrets: scanEntries,
    ...more,
  }
}
