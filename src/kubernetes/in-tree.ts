import builtIn from './in-tree.json' with { type: 'json' }
import { asString, isObject, type JsonObject, member } from './json.ts'

/** A volume plugin that was compiled into Kubernetes, and what became of it. */
export type InTreePlugin = {
  /** Its name, which is also the `provisioner` of its classes: `kubernetes.io/aws-ebs`. */
  readonly plugin: string
  /** Its field in a pod's volume and in a PersistentVolume's spec: `awsElasticBlockStore`; empty where it has none. */
  readonly volumeSource: string
  /** The CSI driver that replaces it; empty where Kubernetes names none. */
  readonly csiDriver: string
  /** What to use in its place, to be put into a sentence: `the CSI driver ebs.csi.aws.com`. */
  readonly replacement: string
  /** The minor version since which Kubernetes hands its volumes to the CSI driver by default: `1.23`. */
  readonly redirectedSince?: string
  /** The first minor version in which its volumes no longer work at all: `1.31`. */
  readonly removedIn?: string
  /** Where this is documented. */
  readonly source?: string
}

/**
 * In-tree plugins by provisioner and by volume field, as plain JSON for expressions. Look a name up with
 * {@link inTreePlugin} or {@link inTreeSource} in code: own keys only.
 */
export type InTreeTable = {
  readonly provisioners: Readonly<Record<string, InTreePlugin>>
  readonly sources: Readonly<Record<string, InTreePlugin>>
}

/**
 * The plugins that Kubernetes has removed, hands to CSI drivers or has deprecated (in-tree.json): names and drivers as
 * in k8s.io/csi-translation-lib v0.36 (plugins/*.go), versions as in the Kubernetes documentation of volume types.
 * hostPath, local, nfs, iscsi and fc are not there: Kubernetes still carries them and has announced no end.
 */
export const builtInInTree: InTreeTable = tableOf(Object.entries(builtIn))

/** The built-in plugins as a list. */
export const inTreePlugins: readonly InTreePlugin[] = Object.values(builtInInTree.provisioners)

/**
 * The built-in plugins with an operator's corrections on top, field by field, as `inTreePlugins` in holdfast.json:
 * `{ "kubernetes.io/cinder": { "removedIn": "1.40" }, "kubernetes.io/flexvolume": null }`. Null takes a plugin out;
 * a name that is not built in adds one. What is of a wrong type is left out: that is the configuration schema's
 * concern. The table is frozen.
 */
export function inTreeTable(overrides: JsonObject | undefined): InTreeTable {
  if (overrides === undefined || Object.keys(overrides).length === 0) return builtInInTree
  const entries = new Map<string, JsonObject>(Object.entries(builtIn))
  for (const [plugin, override] of Object.entries(overrides)) {
    if (override === null) entries.delete(plugin)
    else if (isObject(override)) entries.set(plugin, corrected(entries.get(plugin) ?? {}, override))
  }
  return tableOf(entries)
}

/** The in-tree plugin a StorageClass names as its provisioner, if Kubernetes has removed or replaced it. */
export function inTreePlugin(provisioner: string): InTreePlugin | undefined {
  return own(builtInInTree.provisioners, provisioner)
}

/** The in-tree plugin behind a field of a volume (`awsElasticBlockStore`), if Kubernetes has removed or replaced it. */
export function inTreeSource(field: string): InTreePlugin | undefined {
  return own(builtInInTree.sources, field)
}

function own(entries: Readonly<Record<string, InTreePlugin>>, key: string): InTreePlugin | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined
}

const fields = ['volumeSource', 'csiDriver', 'replacement', 'redirectedSince', 'removedIn', 'source']

function corrected(below: JsonObject, override: JsonObject): JsonObject {
  const stated = fields.filter((field) => asString(member(override, field)) !== undefined)
  // The words below were about the driver below.
  const kept = stated.includes('csiDriver') ? { ...below, replacement: undefined } : below
  return { ...kept, ...Object.fromEntries(stated.map((field) => [field, override[field]])) }
}

function tableOf(entries: Iterable<readonly [string, JsonObject]>): InTreeTable {
  const plugins = Array.from(entries, ([plugin, entry]) => pluginOf(plugin, entry))
  const withSource = plugins.filter(({ volumeSource }) => volumeSource !== '')
  return Object.freeze({
    provisioners: Object.freeze(Object.fromEntries(plugins.map((entry) => [entry.plugin, entry]))),
    sources: Object.freeze(Object.fromEntries(withSource.map((entry) => [entry.volumeSource, entry]))),
  })
}

function pluginOf(plugin: string, entry: JsonObject): InTreePlugin {
  const csiDriver = asString(member(entry, 'csiDriver')) ?? ''
  const words = csiDriver === '' ? 'a CSI driver of the same storage system' : `the CSI driver ${csiDriver}`
  const redirectedSince = asString(member(entry, 'redirectedSince'))
  const removedIn = asString(member(entry, 'removedIn'))
  const source = asString(member(entry, 'source'))
  return Object.freeze({
    plugin,
    volumeSource: asString(member(entry, 'volumeSource')) ?? '',
    csiDriver,
    replacement: asString(member(entry, 'replacement')) ?? words,
    ...(redirectedSince === undefined ? {} : { redirectedSince }),
    ...(removedIn === undefined ? {} : { removedIn }),
    ...(source === undefined ? {} : { source }),
  })
}
