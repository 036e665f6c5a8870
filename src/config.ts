import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ConfigDocument, SelfManagedCertificate } from './policy/document.ts'
import type { LogLevel } from './telemetry/logger.ts'

/** The file that is read where none is named. */
const defaultFile = 'holdfast.json'

/** How the webhook is served: flags over holdfast.json over defaults. Frozen. */
export interface ServeConfig {
  readonly host: string
  readonly port: number
  readonly healthPort: number
  /** Undefined: a self-signed certificate is made at start. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  /** Where Holdfast keeps a certificate that it looks after itself; undefined: it does not. */
  readonly selfManagedCertificate: SelfManagedCertificate | undefined
  /** Whose client certificates are accepted; undefined: clients are not asked for one. No names: any of the authority. */
  readonly clients: { readonly caFile: string; readonly names: readonly string[] } | undefined
  /** How many calls may be in flight at a time. */
  readonly maxInFlight: number | undefined
  readonly cluster: boolean
  /** Whether policies and exceptions may also be custom resources of the cluster. */
  readonly customResources: boolean
  readonly contextPaths: readonly string[]
  readonly logLevel: LogLevel
  /** Whether Kubernetes Events tell of what is denied, repaired and warned of. */
  readonly events: boolean
  /** Whether the log has a line for each of these. */
  readonly decisionLog: boolean
  /** How long to serve on after readiness is withdrawn, in milliseconds: endpoints take a while to follow. */
  readonly drainDelayMs: number
}

/** Flags of `holdfast serve` as commander gives them. */
export interface ServeFlags {
  readonly host?: string
  readonly port?: string
  readonly healthPort?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly clientCa?: string
  readonly clientName?: readonly string[]
  readonly maxInFlight?: string
  readonly cluster?: boolean
  readonly customResources?: boolean
  readonly context?: readonly string[]
  readonly logLevel?: LogLevel
  readonly events?: boolean
  readonly drainDelay?: string
}

/** What the environment says; the only place that reads it. */
export interface Environment {
  /** The namespace Holdfast runs in: $POD_NAMESPACE, else holdfast-system. */
  readonly ownNamespace: string
  /** Whether output may be coloured: a terminal, and neither NO_COLOR nor CI output to a file. */
  readonly colors: boolean
  /** What credentials' fingerprints are made with: $HOLDFAST_FINGERPRINT_KEY, where it is set and not empty. */
  readonly fingerprintKey?: string | undefined
}

/** Reads the environment. */
export function readEnvironment(isTerminal: boolean): Environment {
  const { POD_NAMESPACE, NO_COLOR, FORCE_COLOR, HOLDFAST_FINGERPRINT_KEY } = process.env
  return {
    ownNamespace: POD_NAMESPACE === undefined || POD_NAMESPACE === '' ? 'holdfast-system' : POD_NAMESPACE,
    // https://no-color.org: present and not empty.
    colors: NO_COLOR === undefined || NO_COLOR === '' ? isTerminal || FORCE_COLOR === '1' : false,
    fingerprintKey: HOLDFAST_FINGERPRINT_KEY === '' ? undefined : HOLDFAST_FINGERPRINT_KEY,
  }
}

/** The configuration file in force: the one named, else holdfast.json of this folder, else none. */
export function configFile(named: string | undefined): string | undefined {
  return named ?? (existsSync(defaultFile) ? defaultFile : undefined)
}

/** What `holdfast demo` does where nothing else is said: it is watched by a person, who stops it. */
export const demoDefaults: ServeFlags = { drainDelay: '0', logLevel: 'warn' }

/** Flags, then holdfast.json, then defaults. Throws a RangeError on a flag that cannot be used. */
export function serveConfig(flags: ServeFlags, document: ConfigDocument, file: string | undefined): ServeConfig {
  const inFile = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(dirname(file ?? '.'), path)
  const cluster = flags.cluster ?? document.cluster ?? false
  const customResources = flags.customResources ?? document.customResources ?? false
  if (customResources && !cluster) {
    throw new RangeError('custom resources need --cluster (customResources and cluster in holdfast.json)')
  }
  const tls = tlsFiles(flags.tlsCert ?? inFile(document.tlsCert), flags.tlsKey ?? inFile(document.tlsKey))
  const { selfManagedCertificate } = document
  if (tls !== undefined && selfManagedCertificate !== undefined) {
    throw new RangeError('a certificate comes from files or is self-managed; leave one of the two out')
  }
  return Object.freeze({
    host: flags.host ?? document.host ?? '::',
    port: portFlag('--port', flags.port) ?? document.port ?? 8443,
    healthPort: portFlag('--health-port', flags.healthPort) ?? document.healthPort ?? 8080,
    tls,
    selfManagedCertificate,
    clients: clientsOf(flags.clientCa ?? inFile(document.clientCa), flags.clientName ?? document.clientNames ?? []),
    maxInFlight: callsFlag('--max-in-flight', flags.maxInFlight) ?? document.maxInFlight,
    cluster,
    customResources,
    contextPaths: flags.context ?? (document.context ?? []).map((path) => resolve(dirname(file ?? '.'), path)),
    logLevel: flags.logLevel ?? document.logLevel ?? 'info',
    events: eventsSetting(flags, document),
    decisionLog: document.decisionLog ?? true,
    drainDelayMs: secondsFlag('--drain-delay', flags.drainDelay) ?? 5000,
  })
}

function eventsSetting(flags: ServeFlags, document: ConfigDocument): boolean {
  const events = flags.events ?? document.events ?? false
  if (events && (flags.cluster ?? document.cluster) !== true) {
    throw new RangeError('Events need a cluster to be written to: --cluster (cluster in holdfast.json)')
  }
  return events
}

function tlsFiles(certFile: string | undefined, keyFile: string | undefined): ServeConfig['tls'] {
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined || keyFile === undefined) {
    throw new RangeError('a certificate needs both --tls-cert and --tls-key (tlsCert and tlsKey in holdfast.json)')
  }
  return { certFile, keyFile }
}

function clientsOf(caFile: string | undefined, names: readonly string[]): ServeConfig['clients'] {
  if (caFile !== undefined) return { caFile, names }
  if (names.length === 0) return undefined
  throw new RangeError('names of clients need an authority: --client-ca (clientCa in holdfast.json)')
}

function callsFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const calls = Number(text)
  if (!/^\d+$/.test(text) || calls < 1 || calls > 10_000) {
    throw new RangeError(`${flag} is "${text}"; it must be a number of calls, 1 to 10000`)
  }
  return calls
}

function portFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new RangeError(`${flag} is "${text}"; it must be a port, 0 to 65535`)
  return port
}

function secondsFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || seconds > 600)
    throw new RangeError(`${flag} is "${text}"; it must be seconds, 0 to 600`)
  return seconds * 1000
}
