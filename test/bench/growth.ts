import { checks } from '../../src/checks/registry.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../../src/load.ts'
import { compilePolicies, type PolicySource } from '../../src/policy/compile.ts'
import { evaluationCost } from './policy-cost.ts'
import type { Spread } from './statistics.ts'

/** What a review of a StorageClass costs among so many policies. */
export interface Growth {
  readonly policies: number
  /** Microseconds where all policies but one judge other kinds. */
  readonly ofOtherKinds: Spread
  /** Microseconds where all policies judge StorageClasses. */
  readonly ofItsKind: Spread
}

const judged = 'StorageClass.storage.k8s.io'

/** Measures how the cost of a review grows with the number of policies: with those of its kind, not with all. */
export function costGrowth(counts: readonly number[]): readonly Growth[] {
  const sources = policyFiles(builtInPolicies).map(readPolicy)
  const own = sources.filter(({ document }) => document.metadata.name === 'storageclass-wait-for-first-consumer')
  const others = sources.filter(({ document }) => document.metadata.name === 'claim-rwop-when-sensitive')
  return counts.map((policies) => ({
    policies,
    ofOtherKinds: costAmong([...own, ...copies(others, policies - own.length)]),
    ofItsKind: costAmong(copies(own, policies)),
  }))
}

function copies(sources: readonly PolicySource[], count: number): readonly PolicySource[] {
  return Array.from({ length: count }, (_, index) => sources[index % sources.length])
    .filter((source) => source !== undefined)
    .map(({ file, document }, index) => {
      const metadata = { name: `${document.metadata.name}-copy-${index}` }
      return { file, document: { ...document, metadata } }
    })
}

function costAmong(policies: readonly PolicySource[]): Spread {
  const config = { file: 'the defaults', document: {} }
  return evaluationCost(compilePolicies({ policies, config, checks, ownNamespace: 'holdfast-system' }), judged)
}
