import type { Inventory } from './inventory.ts'
import { inTreeSource } from './in-tree.ts'
import { asObject, asString, at, type JsonObject, member } from './json.ts'
import type { GroupKind } from './kinds.ts'
import { claimClass } from './storage-class.ts'

/**
 * The name of the driver that serves an object: a class's provisioner, a snapshot or attributes class's driver, the
 * CSIDriver itself, a volume's source, a claim's volume or else its class. In-tree plugins under their own name
 * (`kubernetes.io/aws-ebs`). Undefined where the object names none, or what it names is not known.
 */
export function driverOf(kind: GroupKind, object: JsonObject, inventory: Inventory): string | undefined {
  switch (kind) {
    case 'StorageClass.storage.k8s.io':
      return named(object, 'provisioner')
    case 'VolumeSnapshotClass.snapshot.storage.k8s.io':
      return named(object, 'driver')
    case 'VolumeSnapshotContent.snapshot.storage.k8s.io':
      return named(object, 'spec', 'driver')
    case 'VolumeAttributesClass.storage.k8s.io':
      return named(object, 'driverName')
    case 'CSIDriver.storage.k8s.io':
      return named(object, 'metadata', 'name')
    case 'PersistentVolume':
      return driverOfVolume(object)
    case 'PersistentVolumeClaim':
      return driverOfClaim(object, inventory)
    default:
      return undefined
  }
}

function driverOfVolume(volume: JsonObject): string | undefined {
  const csi = named(volume, 'spec', 'csi', 'driver')
  if (csi !== undefined) return csi
  return Object.keys(asObject(member(volume, 'spec')))
    .map((field) => inTreeSource(field)?.plugin)
    .find((plugin) => plugin !== undefined)
}

function driverOfClaim(claim: JsonObject, inventory: Inventory): string | undefined {
  const volumeName = named(claim, 'spec', 'volumeName')
  const volume = volumeName === undefined ? undefined : inventory.get('PersistentVolume', '', volumeName)
  if (volume !== undefined) return driverOfVolume(volume)
  const { object } = claimClass(claim, inventory)
  return object === undefined ? undefined : named(object, 'provisioner')
}

function named(object: JsonObject, ...path: readonly string[]): string | undefined {
  const name = asString(at(object, ...path))
  return name === '' ? undefined : name
}
