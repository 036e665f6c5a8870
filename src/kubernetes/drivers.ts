import builtIn from './drivers.json' with { type: 'json' }
import { inTreePlugin } from './in-tree.ts'
import { asString, isArray, isObject, type JsonObject, type JsonValue, member } from './json.ts'

/**
 * What a CSI driver can do, as far as its documentation says. An absent field is unknown, and unknown never denies; nor
 * does a fact of an entry that is not verified. Everything here is plain JSON, which expressions read as it is.
 */
export interface DriverFacts {
  /** How many nodes can write to a volume with a file system at the same time. */
  readonly writers?: 'one' | 'many'
  /** Whether a volume with a file system can be mounted read-only by many nodes. */
  readonly readOnlyMany?: boolean
  /** Whether it serves volumes with `volumeMode: Block`. */
  readonly rawBlock?: boolean
  /** Whether it takes snapshots (CSI CREATE_DELETE_SNAPSHOT). */
  readonly snapshot?: boolean
  /** Whether its volumes can grow (CSI EXPAND_VOLUME). */
  readonly expansion?: boolean
  /** Whether it makes volumes from other volumes (CSI CLONE_VOLUME). */
  readonly cloning?: boolean
  /** Whether it takes topology into account (CSI VOLUME_ACCESSIBILITY_CONSTRAINTS). */
  readonly topology?: boolean
  /** Whether a volume lives in one zone and only that zone's nodes can use it, unless `multiZone` says otherwise. */
  readonly zonal?: boolean
  /**
   * All topology keys that its nodes carry or its classes may name in `allowedTopologies`. Absent where they depend on
   * how it is set up. In-tree provisioners also take `topology.kubernetes.io/zone`, which Kubernetes translates.
   */
  readonly topologyKeys?: readonly string[]
  /** Class parameters that make a zonal driver's volume usable in several zones. */
  readonly multiZone?: readonly ParameterValues[]
  /** `fsGroupPolicy` of the CSIDriver in its own manifest: on which volumes the kubelet applies a pod's fsGroup. */
  readonly fsGroupPolicy?: FsGroupPolicy
  /** Whether VolumeAttributesClasses work with it (CSI MODIFY_VOLUME). */
  readonly attributesClass?: boolean
  /** Whether it reads the names (not the values) of class parameters in any case: `skuName`, `skuname`. */
  readonly caseInsensitive?: boolean
  /** Encryption at rest, as far as a class decides on it. */
  readonly encryption?: DriverEncryption
  /** Class parameters that mean an expensive tier. */
  readonly premium?: readonly ParameterValues[]
  /** The name people know it by. */
  readonly title?: string
  /** Where the facts come from: the driver's own documentation, or the CSI project's table (not validated upstream). */
  readonly source?: string
  /** Where single facts come from that `source` does not tell, by the fact's name. */
  readonly sources?: Readonly<Record<string, string>>
  /** Whether somebody checked the facts against the driver's own documentation; an operator's own entry counts as such. */
  readonly verified?: boolean
}

/** Who changes a volume's group (CSIDriver `spec.fsGroupPolicy`, storage.k8s.io/v1). */
export type FsGroupPolicy = 'ReadWriteOnceWithFSType' | 'File' | 'None'

/** Values of a class parameter that have a meaning; any one of them counts. */
export type ParameterValues = {
  readonly parameter: string
  readonly values: readonly string[]
  /** What the values mean: `Provisioned IOPS SSD`. */
  readonly title?: string
  readonly source?: string
}

/** How volumes come to be encrypted at rest. */
export type DriverEncryption = {
  /** True where every volume is encrypted without being asked, with keys of the platform. */
  readonly always?: boolean
  /** Class parameters of which any one encrypts the volume or brings a key of one's own. */
  readonly parameters?: readonly EncryptionParameter[]
  /** Where `always` is documented. */
  readonly source?: string
}

/** A class parameter for encryption. */
export type EncryptionParameter = {
  readonly parameter: string
  /** The value that turns encryption on. Absent where the parameter names a key: then any value but the empty one counts. */
  readonly value?: string
  /** True where setting the value is all it takes: no Secret, no key, no set-up of the storage system. */
  readonly plain?: boolean
  readonly source?: string
}

/** Facts by CSI driver name, in-tree provisioner names included (`kubernetes.io/aws-ebs`). */
export interface DriverTable {
  get(driver: string): DriverFacts | undefined
}

const flags = [
  'readOnlyMany',
  'rawBlock',
  'snapshot',
  'expansion',
  'cloning',
  'topology',
  'zonal',
  'attributesClass',
  'caseInsensitive',
  'verified',
] as const

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
 * A table with corrections on top, field by field, lists and objects as a whole; a corrected entry counts as verified.
 * Where the entry below is not verified, only the corrected fields remain: vouching for `snapshot` must not turn an
 * unchecked `writers: one` into a reason to deny.
 */
export function withOverrides(base: DriverTable, overrides: JsonObject | undefined): DriverTable {
  if (overrides === undefined || Object.keys(overrides).length === 0) return base
  return {
    get(driver) {
      const below = base.get(driver)
      const override = member(overrides, driver) ?? member(overrides, inTreePlugin(driver)?.csiDriver ?? driver)
      if (!isObject(override)) return below
      const kept = below?.verified === true || below?.title === undefined ? below : { title: below.title }
      const corrections = factsOf(override)
      return { ...withoutSources(kept, corrections), ...corrections, verified: true }
    },
  }
}

/** Facts without the sources of what is corrected: they say something else. */
function withoutSources(facts: DriverFacts | undefined, corrections: DriverFacts): DriverFacts {
  if (facts?.sources === undefined) return facts ?? {}
  const kept = Object.entries(facts.sources).filter(([fact]) => !Object.hasOwn(corrections, fact))
  return { ...facts, sources: Object.fromEntries(kept) }
}

function tableOf(data: JsonObject): DriverTable {
  const facts = new Map<string, DriverFacts>()
  for (const [driver, entry] of Object.entries(data)) if (isObject(entry)) facts.set(driver, factsOf(entry))
  return { get: (driver) => facts.get(driver) ?? facts.get(inTreePlugin(driver)?.csiDriver ?? driver) }
}

function factsOf(entry: JsonObject): DriverFacts {
  const facts: Mutable<DriverFacts> = {}
  for (const flag of flags) put(facts, flag, asBoolean(member(entry, flag)))
  put(facts, 'writers', oneOf(['one', 'many'], member(entry, 'writers')))
  put(facts, 'topologyKeys', stringsOf(member(entry, 'topologyKeys')))
  put(facts, 'multiZone', listOf(parameterValuesOf, member(entry, 'multiZone')))
  put(facts, 'fsGroupPolicy', oneOf(['ReadWriteOnceWithFSType', 'File', 'None'], member(entry, 'fsGroupPolicy')))
  put(facts, 'encryption', encryptionOf(member(entry, 'encryption')))
  put(facts, 'premium', listOf(parameterValuesOf, member(entry, 'premium')))
  put(facts, 'title', asString(member(entry, 'title')))
  put(facts, 'source', asString(member(entry, 'source')))
  put(facts, 'sources', textsOf(member(entry, 'sources')))
  return facts
}

function encryptionOf(value: JsonValue | undefined): DriverEncryption | undefined {
  if (!isObject(value)) return undefined
  const encryption: Mutable<DriverEncryption> = {}
  put(encryption, 'always', asBoolean(member(value, 'always')))
  put(encryption, 'parameters', listOf(encryptionParameterOf, member(value, 'parameters')))
  put(encryption, 'source', asString(member(value, 'source')))
  return encryption
}

function encryptionParameterOf(value: JsonValue): EncryptionParameter | undefined {
  const parameter = asString(member(value, 'parameter'))
  if (parameter === undefined) return undefined
  const read: Mutable<EncryptionParameter> = { parameter }
  put(read, 'value', asString(member(value, 'value')))
  put(read, 'plain', asBoolean(member(value, 'plain')))
  put(read, 'source', asString(member(value, 'source')))
  return read
}

function parameterValuesOf(value: JsonValue): ParameterValues | undefined {
  const parameter = asString(member(value, 'parameter'))
  const values = stringsOf(member(value, 'values'))
  if (parameter === undefined || values === undefined) return undefined
  const read: Mutable<ParameterValues> = { parameter, values }
  put(read, 'title', asString(member(value, 'title')))
  put(read, 'source', asString(member(value, 'source')))
  return read
}

function listOf<T>(read: (item: JsonValue) => T | undefined, value: JsonValue | undefined): readonly T[] | undefined {
  return isArray(value) ? value.flatMap((item) => read(item) ?? []) : undefined
}

function stringsOf(value: JsonValue | undefined): readonly string[] | undefined {
  return listOf(asString, value)
}

function textsOf(value: JsonValue | undefined): Readonly<Record<string, string>> | undefined {
  if (!isObject(value)) return undefined
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  )
}

function asBoolean(value: JsonValue | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

function oneOf<T extends string>(allowed: readonly T[], value: JsonValue | undefined): T | undefined {
  return allowed.find((candidate) => candidate === value)
}

/** Sets what is known; what is not stays absent. */
function put<T extends object, Key extends keyof T>(target: T, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) target[key] = value
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
