import { emptyInventory, type Inventory } from '../kubernetes/inventory.ts'
import type { Clock } from './clock.ts'
import { isCompleteAt } from './kind-state.ts'
import type { Objects } from './object-store.ts'
import type { Reflector } from './reflector.ts'

interface Part {
  readonly kind: string
  readonly objects: Objects
  readonly complete: boolean
}

/** Gives what the reflectors know now as an inventory that stays as it is; a new one only after a change. */
export function snapshots(reflectors: readonly Reflector[], clock: Clock): () => Inventory {
  let parts: readonly Part[] = []
  let inventory = emptyInventory
  return () => {
    const now = clock.now()
    const isCurrent = reflectors.every((reflector, index) => {
      const part = parts[index]
      return part?.objects === reflector.objects() && part.complete === isCompleteAt(reflector.state(), now)
    })
    if (isCurrent) return inventory
    parts = reflectors.map((reflector) => ({
      kind: reflector.kind,
      objects: reflector.objects(),
      complete: isCompleteAt(reflector.state(), now),
    }))
    return (inventory = inventoryOfParts(new Map(parts.map((part) => [part.kind, part]))))
  }
}

function inventoryOfParts(parts: ReadonlyMap<string, Part>): Inventory {
  return {
    get: (kind, namespace, name) => parts.get(kind)?.objects.get(namespace, name),
    list: (kind) => parts.get(kind)?.objects.list() ?? [],
    isComplete: (kind) => parts.get(kind)?.complete ?? false,
  }
}
