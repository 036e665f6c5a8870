import builtIn from './drivers.json' with { type: 'json' }
import { inTreePlugin } from './in-tree.ts'
import { asString, isObject, type JsonObject, member } from './json.ts'

/**
 * What a CSI driver can do, as far as its documentation says. An absent field is unknown, and unknown never denies.
 */
export interface DriverFacts {
  /** How many nodes can write to a volume with a file system at the same time. */
  readonly writers?: 'one' | 'many'
  /** Whether a volume with a file system can be mounted read-only by many nodes. */
  readonly readOnlyMany?: boolean
  readonly rawBlock?: boolean
  readonly snapshot?: boolean
  readonly expansion?: boolean
  readonly cloning?: boolean
  readonly topology?: boolean
  /** The name people know it by. */
  readonly title?: string
  /** Where the facts come from: the driver's own documentation, or the CSI project's table (not validated upstream). */
  readonly source?: string
  /** Whether somebody checked the facts against the driver's own documentation; an operator's own entry counts as such. */
  readonly verified?: boolean
}

/** Facts by CSI driver name, in-tree provisioner names included (`kubernetes.io/aws-ebs`). */
export interface DriverTable {
  get(driver: string): DriverFacts | undefined
}

const flags = ['readOnlyMany', 'rawBlock', 'snapshot', 'expansion', 'cloning', 'topology', 'verified'] as const

/** The facts this project ships (drivers.json), in-tree provisioners under their CSI successor's facts. */
export const builtInDrivers: DriverTable = tableOf(builtIn)

/**
 * The built-in facts with an operator's corrections on top: `{ "disks.example.com": { "writers": "one" } }`, as in
 * holdfast.json. Members of a wrong type are left out; what they should be is the configuration schema's concern.
 */
export function driverTable(overrides: JsonObject | undefined): DriverTable {
  return withOverrides(builtInDrivers, overrides)
}

/**
 * A table with corrections on top, field by field; a corrected entry counts as verified. Where the entry below is not
 * verified, only the corrected fields remain: vouching for `snapshot` must not turn an unchecked `writers: one` into a
 * reason to deny.
 */
export function withOverrides(base: DriverTable, overrides: JsonObject | undefined): DriverTable {
  if (overrides === undefined || Object.keys(overrides).length === 0) return base
  return {
    get(driver) {
      const below = base.get(driver)
      const override = member(overrides, driver) ?? member(overrides, inTreePlugin(driver)?.csiDriver ?? driver)
      if (!isObject(override)) return below
      const kept = below?.verified === true || below?.title === undefined ? below : { title: below.title }
      return { ...kept, ...factsOf(override), verified: true }
    },
  }
}

function tableOf(data: JsonObject): DriverTable {
  const facts = new Map<string, DriverFacts>()
  for (const [driver, entry] of Object.entries(data)) if (isObject(entry)) facts.set(driver, factsOf(entry))
  return { get: (driver) => facts.get(driver) ?? facts.get(inTreePlugin(driver)?.csiDriver ?? driver) }
}

function factsOf(entry: JsonObject): DriverFacts {
  const facts: Mutable<DriverFacts> = {}
  const writers = member(entry, 'writers')
  if (writers === 'one' || writers === 'many') facts.writers = writers
  for (const flag of flags) {
    const value = member(entry, flag)
    if (typeof value === 'boolean') facts[flag] = value
  }
  const title = asString(member(entry, 'title'))
  if (title !== undefined) facts.title = title
  const source = asString(member(entry, 'source'))
  if (source !== undefined) facts.source = source
  return facts
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
