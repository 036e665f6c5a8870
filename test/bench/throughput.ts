import { type ChildProcess, fork } from 'node:child_process'
import { ask, type Listening, nextMessage, numberIn, toListening, toLoadResult } from './messages.ts'
import { bodyNames, type BodyName } from './samples.ts'
import { median, type Spread, spread } from './statistics.ts'

/** What one server came to, medians over the rounds. */
export interface ServerFigures {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** CPU time of the server process, in microseconds. */
  readonly cpuPerRequest: number
}

/** Both servers with one body. */
export interface Comparison {
  readonly body: BodyName
  readonly bare: ServerFigures
  readonly holdfast: ServerFigures
  /** Holdfast's requests a second over the bare server's, round by round. */
  readonly throughputRatio: Spread
  /** The bare server's CPU time for a request over Holdfast's. */
  readonly cpuRatio: Spread
}

export interface ThroughputOptions {
  readonly rounds: Readonly<Record<BodyName, number>>
  readonly connections: number
  readonly milliseconds: number
}

interface Server {
  readonly process: ChildProcess
  readonly listening: Listening
}

// Until the compiler has seen enough of the smallest body; the larger ones profit.
const warmUpMs: Readonly<Record<BodyName, number>> = {
  '2 KB Pod': 13_000,
  '100 KB ConfigMap': 1000,
  '1 MB ConfigMap': 300,
}

/** Measures both servers in turns, each in a process of its own, so that what else the machine does meets both. */
export async function compareThroughput(options: ThroughputOptions): Promise<readonly Comparison[]> {
  const processes: ChildProcess[] = []
  const start = (file: string): ChildProcess => {
    // Standard error is where the webhook logs, which nobody asked for here.
    const child = fork(new URL(file, import.meta.url), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    processes.push(child)
    return child
  }
  try {
    const client = start('load-process.ts')
    const bare = await startServer(start('bare-server.ts'))
    const holdfast = await startServer(start('holdfast-server.ts'))
    const comparisons: Comparison[] = []
    for (const body of bodyNames) comparisons.push(await compare(client, { bare, holdfast }, body, options))
    return comparisons
  } finally {
    for (const child of processes) child.kill()
  }
}

async function startServer(child: ChildProcess): Promise<Server> {
  return { process: child, listening: toListening(await nextMessage(child)) }
}

async function compare(
  client: ChildProcess,
  { bare, holdfast }: { readonly bare: Server; readonly holdfast: Server },
  body: BodyName,
  options: ThroughputOptions,
): Promise<Comparison> {
  const warmUp = { ...options, milliseconds: warmUpMs[body] }
  for (const server of [bare, holdfast]) await measure(client, server, body, warmUp)
  const rounds: (readonly [bare: ServerFigures, holdfast: ServerFigures])[] = []
  for (let round = 0; round < options.rounds[body]; round += 1) {
    rounds.push([await measure(client, bare, body, options), await measure(client, holdfast, body, options)])
  }
  return {
    body,
    bare: middle(rounds.map(([figures]) => figures)),
    holdfast: middle(rounds.map(([, figures]) => figures)),
    throughputRatio: spread(rounds.map(([theirs, ours]) => ours.perSecond / theirs.perSecond)),
    cpuRatio: spread(rounds.map(([theirs, ours]) => theirs.cpuPerRequest / ours.cpuPerRequest)),
  }
}

async function measure(
  client: ChildProcess,
  server: Server,
  body: BodyName,
  { connections, milliseconds }: ThroughputOptions,
): Promise<ServerFigures> {
  const before = await cpuOf(server)
  const result = toLoadResult(await ask(client, { ...server.listening, body, connections, milliseconds }))
  const cpu = (await cpuOf(server)) - before
  const { perSecond, p50, p99 } = result
  return { perSecond, p50, p99, cpuPerRequest: cpu / result.requests }
}

async function cpuOf(server: Server): Promise<number> {
  return numberIn(await ask(server.process, {}), 'cpu')
}

function middle(figures: readonly ServerFigures[]): ServerFigures {
  const of = (key: keyof ServerFigures): number => median(figures.map((figure) => figure[key]))
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), cpuPerRequest: of('cpuPerRequest') }
}
