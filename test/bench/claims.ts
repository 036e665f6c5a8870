import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** What `check` took for a file of claims. */
export interface ClaimsCheck {
  readonly claims: number
  /** CPU time of the process outside the kernel, in seconds. */
  readonly userSeconds: number
  readonly systemSeconds: number
  readonly wallSeconds: number
  readonly maxMegabytes: number
  readonly exitCode: number
  /** The last line of the report. */
  readonly summary: string
}

/** Runs `holdfast check` in a process of its own on one file with so many claims, and a class for them. */
export async function checkClaims(claims: number): Promise<ClaimsCheck> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  try {
    const file = join(directory, 'claims.yaml')
    writeFileSync(file, manifests(claims))
    return { claims, ...(await run(file)) }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function manifests(claims: number): string {
  const numbers = Array.from({ length: claims }, (_, index) => index)
  return [storageClass, ...numbers.map((index) => claimYaml(index))].join('---\n')
}

const storageClass = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: gold
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
`

function claimYaml(index: number): string {
  return `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data-${index}
  namespace: shop-${index % 50}
  labels:
    app.kubernetes.io/name: db
spec:
  accessModes:
    - ReadWriteOnce
  storageClassName: gold
  resources:
    requests:
      storage: ${1 + (index % 100)}Gi
`
}

// The process tells what it has used as the last thing it does, into a pipe of its own.
const usageHook = `import { writeSync } from 'node:fs'
process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())))`

async function run(file: string): Promise<Omit<ClaimsCheck, 'claims'>> {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
  const hook = `data:text/javascript,${encodeURIComponent(usageHook)}`
  const start = performance.now()
  const child = spawn(process.execPath, ['--import', hook, main, 'check', file], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  const usagePipe = child.stdio[3]
  const { stdout } = child
  if (stdout === null || !(usagePipe instanceof Readable)) throw new TypeError('the process has no pipes')
  const exit = once(child, 'exit')
  const [report, usageText, [exitCode]] = await Promise.all([text(stdout), text(usagePipe), exit])
  const usage: NodeJS.ResourceUsage = JSON.parse(usageText)
  return {
    userSeconds: usage.userCPUTime / 1e6,
    systemSeconds: usage.systemCPUTime / 1e6,
    wallSeconds: (performance.now() - start) / 1000,
    maxMegabytes: usage.maxRSS / 1024,
    exitCode: Number(exitCode),
    summary: report.trimEnd().split('\n').at(-1) ?? '',
  }
}
