import { type DestinationStream, destination as fileDestination, pino, stdTimeFunctions } from 'pino'

/** How much is logged: each level includes those after it. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * Writes one JSON line per event: a constant message, and fields for what varies. Objects from requests and secrets are
 * never fields. A caught error goes into the field `error`, as it is.
 */
export interface Logger {
  /** Whether debug lines are written: callers for whom making the fields costs too much ask first. */
  readonly isDebug: boolean
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What can be shown of an error: its fields are left out, since a client's error may carry a whole response. */
export interface LoggedError {
  readonly type: string
  /** With the messages of its causes, outermost first. */
  readonly message: string
  readonly stack: string | undefined
}

export interface LoggerOptions {
  readonly level: LogLevel
  /** Where the lines go; standard error by default, as standard output belongs to reports. */
  readonly destination?: DestinationStream
}

/** Makes the program's logger. */
export function createLogger({ level, destination = fileDestination(2) }: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      // Process id and host name say nothing in a pod.
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: loggedError },
    },
    destination,
  )
  return {
    isDebug: level === 'debug',
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  }
}

const maxCauses = 5

/** An error as it is logged. A thrown value that is no Error is shown by its type only. */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error', stack: undefined }
  const messages: string[] = []
  let current: unknown = error
  while (current instanceof Error && messages.length < maxCauses) {
    messages.push(current.message)
    current = current.cause
  }
  return { type: error.name, message: messages.join(': '), stack: error.stack }
}
