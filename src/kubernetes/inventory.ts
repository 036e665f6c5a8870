import { asString, at, type JsonObject } from './json.ts'
import { namespaceOf } from './kinds.ts'
import { referenceOf } from './object.ts'

/**
 * The other objects a rule may read, as known at one moment. Where they come from (live informers, the manifests being
 * checked, a directory) is not the rule's concern.
 *
 * `kind` is the plain Kubernetes kind ("StorageClass"), the group being clear from it for every kind that is looked up.
 */
export interface Inventory {
  /** The object, or undefined where it is not known. Whether it then does not exist is what `isComplete` says. */
  get(kind: string, namespace: string, name: string): JsonObject | undefined
  /** All known objects of a kind, in the order of namespace and name. */
  list(kind: string): readonly JsonObject[]
  /** Whether all objects of the kind are known, so that one that is absent here does not exist. */
  isComplete(kind: string): boolean
}

/** The inventory in which nothing is known: every look-up is inconclusive. */
export const emptyInventory: Inventory = {
  get: () => undefined,
  list: () => [],
  isComplete: () => false,
}

/**
 * An inventory over given objects. Where an object is given twice the later one counts.
 *
 * @param objects Kubernetes objects; entries without a kind or a name are left out. Those that state no namespace are
 *   in `default`, unless they are cluster-scoped.
 * @param complete the kinds of which `objects` holds all there are.
 */
export function inventoryOf(
  objects: Iterable<JsonObject>,
  complete: Iterable<string> = [],
  defaultNamespace = 'default',
): Inventory {
  const byKind = new Map<string, Map<string, JsonObject>>()
  for (const object of objects) {
    const { kind, name } = referenceOf(object)
    if (kind === '' || asString(at(object, 'metadata', 'name')) === undefined) continue
    let named = byKind.get(kind)
    if (named === undefined) byKind.set(kind, (named = new Map()))
    named.set(`${namespaceOf(object, defaultNamespace)}/${name}`, object)
  }
  const lists = new Map<string, readonly JsonObject[]>()
  for (const [kind, named] of byKind) {
    const sorted = [...named.entries()].sort(([left], [right]) => (left < right ? -1 : 1))
    lists.set(
      kind,
      sorted.map(([, object]) => object),
    )
  }
  const completeKinds = new Set(complete)
  return {
    get: (kind, namespace, name) => byKind.get(kind)?.get(`${namespace}/${name}`),
    list: (kind) => lists.get(kind) ?? [],
    isComplete: (kind) => completeKinds.has(kind),
  }
}

/** Puts inventories in front of each other: the first that knows an object answers; complete if any is. */
export function layered(...inventories: readonly Inventory[]): Inventory {
  if (inventories.length === 1 && inventories[0] !== undefined) return inventories[0]
  return {
    get(kind, namespace, name) {
      for (const inventory of inventories) {
        const found = inventory.get(kind, namespace, name)
        if (found !== undefined) return found
      }
      return undefined
    },
    list(kind) {
      const byName = new Map<string, JsonObject>()
      for (const inventory of inventories) {
        for (const object of inventory.list(kind)) {
          const { namespace, name } = referenceOf(object)
          const key = `${namespace}/${name}`
          if (!byName.has(key)) byName.set(key, object)
        }
      }
      return [...byName.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object)
    },
    isComplete: (kind) => inventories.some((inventory) => inventory.isComplete(kind)),
  }
}
