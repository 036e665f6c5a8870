import { type DriverFacts, type DriverTable, withOverrides } from '../kubernetes/drivers.ts'
import { asArray, asObject, asString, at, type JsonObject, member } from '../kubernetes/json.ts'
import { formatPointer } from '../kubernetes/pointer.ts'
import { claimClass, volumesForClass } from '../kubernetes/storage-class.ts'
import type { Check, CheckContext, CheckFinding } from './check.ts'

type SharedMode = 'ReadWriteMany' | 'ReadOnlyMany'

/** Reports access modes of a claim that its class's driver cannot serve on a file system. Raw block is never judged. */
export const accessModesSupported: Check = {
  name: 'accessModesSupported',
  description: "Reports each access mode of a claim that its class's driver is known not to serve on a file system.",
  parameters: {
    type: 'object',
    properties: {
      drivers: {
        type: 'object',
        description: 'Facts about CSI drivers over the known ones, as in holdfast.json.',
        default: {},
      },
    },
  },
  evaluate(parameters, claim, context) {
    const modes = asArray(at(claim, 'spec', 'accessModes'))
    if (!modes.some(isShared) || !isProvisioned(claim)) return []
    const drivers = withOverrides(context.drivers, asObject(member(parameters, 'drivers')))
    const { name, object, known } = claimClass(claim, context.inventory)
    const driver = asString(member(object, 'provisioner'))
    const facts = driver === undefined ? undefined : drivers.get(driver)
    if (!known || driver === undefined || facts?.verified !== true) return []
    const served = `${driver} (class ${JSON.stringify(name)}) ${capability(facts)}`
    return modes.flatMap((mode, index) =>
      isShared(mode) && refuses(facts, mode) && !offeredStatically({ mode, className: name, claim }, drivers, context)
        ? [finding(mode, index, served, classesServing(mode, drivers, context))]
        : [],
    )
  },
}

function finding(mode: SharedMode, index: number, served: string, classes: readonly string[]): CheckFinding {
  const suggestion = classes.length === 0 ? '' : ` (${classes.map((name) => JSON.stringify(name)).join(', ')})`
  return {
    path: formatPointer('spec', 'accessModes', index),
    problem: `{{field}} is "${mode}"; ${served}`,
    actual: mode,
    remedy: `set ReadWriteOnce, or use a class whose driver serves ${mode}${suggestion}`,
  }
}

function isShared(mode: unknown): mode is SharedMode {
  return mode === 'ReadWriteMany' || mode === 'ReadOnlyMany'
}

/** A claim that names its volume takes that one as it is; only the others are at the driver's mercy. */
function isProvisioned(claim: JsonObject): boolean {
  const volumeMode = at(claim, 'spec', 'volumeMode') ?? 'Filesystem'
  return volumeMode === 'Filesystem' && (at(claim, 'spec', 'volumeName') ?? '') === ''
}

/** Only a fact refuses: that nothing says the driver can is no reason. */
function refuses(facts: DriverFacts, mode: SharedMode): boolean {
  return facts.writers === 'one' && (mode === 'ReadWriteMany' || facts.readOnlyMany === false)
}

function serves(facts: DriverFacts | undefined, mode: SharedMode): boolean {
  if (facts?.verified !== true) return false
  return facts.writers === 'many' || (mode === 'ReadOnlyMany' && facts.readOnlyMany === true)
}

function capability({ readOnlyMany }: DriverFacts): string {
  if (readOnlyMany === false) return 'serves only ReadWriteOnce and ReadWriteOncePod'
  return readOnlyMany === true
    ? 'serves only ReadWriteOnce, ReadWriteOncePod and ReadOnlyMany'
    : 'serves a file system to one writing node only'
}

/** A prepared volume of the class can have modes that the driver would not provision. */
function offeredStatically(
  { mode, className, claim }: { readonly mode: SharedMode; readonly className: string; readonly claim: JsonObject },
  drivers: DriverTable,
  { inventory }: CheckContext,
): boolean {
  return volumesForClass(className, claim, inventory).some((volume) => {
    const driver = asString(at(volume, 'spec', 'csi', 'driver'))
    const facts = driver === undefined ? undefined : drivers.get(driver)
    // That somebody has written a mode into a volume does not make its driver serve it.
    if (facts?.verified === true && refuses(facts, mode)) return false
    return asArray(at(volume, 'spec', 'accessModes')).includes(mode)
  })
}

const listed = 10

function classesServing(mode: SharedMode, drivers: DriverTable, { inventory }: CheckContext): readonly string[] {
  const names: string[] = []
  for (const storageClass of inventory.list('StorageClass')) {
    const driver = asString(member(storageClass, 'provisioner'))
    const name = asString(at(storageClass, 'metadata', 'name'))
    if (driver !== undefined && name !== undefined && serves(drivers.get(driver), mode)) names.push(name)
  }
  return names.sort().slice(0, listed)
}
