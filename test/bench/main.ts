import { parseArgs } from 'node:util'
import { load } from '../../src/load.ts'
import { checkClaims } from './claims.ts'
import { costGrowth } from './growth.ts'
import { policyCosts } from './policy-cost.ts'
import { type Results, resultsText } from './table.ts'
import { compareThroughput } from './throughput.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean' }, assert: { type: 'boolean' } } })

const rounds = { '2 KB Pod': 7, '100 KB ConfigMap': 3, '1 MB ConfigMap': 3 }

// Generous, for machines that do other things meanwhile; the aims are 0.7, 1.5 s and 1.
const limits = { throughputRatio: 0.6, claimsUserSeconds: 3, growth: 2 }

/** What a run did not reach, in words; nothing where the ratios hold. */
function failures({ throughput, growth, claims }: Results): readonly string[] {
  const [pod] = throughput
  const reached = Math.max(pod?.throughputRatio.median ?? 0, pod?.cpuRatio.median ?? 0)
  const found: string[] = []
  if (reached < limits.throughputRatio) {
    found.push(
      `${pod?.body} reaches ${reached.toFixed(2)} of the bare server; at least ${limits.throughputRatio} is due`,
    )
  }
  const [few, ...more] = growth
  for (const { policies, ofOtherKinds } of more) {
    const ratio = ofOtherKinds.median / (few?.ofOtherKinds.median ?? 1)
    if (ratio > limits.growth) {
      found.push(`among ${policies} policies of other kinds a review costs ${ratio.toFixed(1)} times as much`)
    }
  }
  if (claims.exitCode !== 0) found.push(`check ended with ${claims.exitCode}`)
  if (claims.userSeconds > limits.claimsUserSeconds) {
    found.push(`check takes ${claims.userSeconds.toFixed(2)} s; at most ${limits.claimsUserSeconds} s are due`)
  }
  return found
}

const { policies } = load({
  configFile: undefined,
  policyDirectories: [],
  profile: undefined,
  ownNamespace: 'holdfast-system',
})
const results: Results = {
  throughput: await compareThroughput({ rounds, connections: 32, milliseconds: 1500 }),
  policies: policyCosts(policies),
  growth: costGrowth([10, 50, 1000]),
  claims: await checkClaims(10_000),
}
process.stdout.write(values.json === true ? `${JSON.stringify(results, null, 2)}\n` : resultsText(results))
if (values.assert === true) {
  const found = failures(results)
  for (const failure of found) process.stderr.write(`${failure}\n`)
  process.exitCode = found.length === 0 ? 0 : 1
}
