import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ConfigDocument } from './policy/document.ts'
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
  readonly cluster: boolean
  readonly contextPaths: readonly string[]
  readonly logLevel: LogLevel
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
  readonly cluster?: boolean
  readonly context?: readonly string[]
  readonly logLevel?: LogLevel
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
  return Object.freeze({
    host: flags.host ?? document.host ?? '::',
    port: portFlag('--port', flags.port) ?? document.port ?? 8443,
    healthPort: portFlag('--health-port', flags.healthPort) ?? document.healthPort ?? 8080,
    tls: tlsFiles(flags.tlsCert ?? inFile(document.tlsCert), flags.tlsKey ?? inFile(document.tlsKey)),
    cluster: flags.cluster ?? document.cluster ?? false,
    contextPaths: flags.context ?? (document.context ?? []).map((path) => resolve(dirname(file ?? '.'), path)),
    logLevel: flags.logLevel ?? document.logLevel ?? 'info',
    drainDelayMs: secondsFlag('--drain-delay', flags.drainDelay) ?? 5000,
  })
}

function tlsFiles(certFile: string | undefined, keyFile: string | undefined): ServeConfig['tls'] {
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined || keyFile === undefined) {
    throw new RangeError('a certificate needs both --tls-cert and --tls-key (tlsCert and tlsKey in holdfast.json)')
  }
  return { certFile, keyFile }
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
