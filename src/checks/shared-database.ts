import { asArray, asString, at, member } from '../kubernetes/json.ts'
import type { PodClaim } from '../kubernetes/pod-claims.ts'
import { type MountedVolume, type PodData, podData } from '../kubernetes/pod-data.ts'
import type { Check, CheckFinding } from './check.ts'
import { workloadsOf, workloadsSchema } from './workloads-parameter.ts'

/** Reports systems that need their directory for themselves and have it on a claim that many pods may write to. */
export const sharedDatabase: Check = {
  name: 'sharedDatabase',
  description:
    'Reports each data directory of a database, broker or other exclusive system that lies on a ReadWriteMany claim.',
  parameters: { type: 'object', properties: { workloads: workloadsSchema } },
  evaluate(parameters, pod, { carrier, claimsOf }) {
    const data = podData(pod, carrier, workloadsOf(parameters)).filter(({ workload }) => workload.exclusive)
    if (data.every(({ mount }) => mount === undefined)) return []
    const claims = new Map(claimsOf(pod).map((claim) => [claim.volume, claim]))
    return data.flatMap((found) => {
      const { mount } = found
      const claim = mount === undefined ? undefined : claims.get(mount.name)
      return mount === undefined || claim === undefined || !isShared(claim) ? [] : [finding(found, mount, claim)]
    })
  },
}

function isShared({ claim }: PodClaim): boolean {
  return asArray(at(claim, 'spec', 'accessModes')).includes('ReadWriteMany')
}

function finding({ place, workload, path }: PodData, mount: MountedVolume, claim: PodClaim): CheckFinding {
  const container = JSON.stringify(asString(member(place.container, 'name')) ?? '')
  const use = `${workload.title} cannot share ${JSON.stringify(path)} (container ${container})`
  const remedy =
    'use a claim with ReadWriteOncePod or ReadWriteOnce; the modes of a claim stay, so make a new one and copy the data'
  if (!claim.template) {
    const problem = `{{field}} is ${JSON.stringify(claim.name)}, a ReadWriteMany claim; ${use}`
    return { path: `${claim.path}/claimName`, problem, actual: claim.name, remedy }
  }
  if (claim.path === '') {
    const problem = `{{field}} is ${JSON.stringify(mount.name)}, a ReadWriteMany claim template; ${use}`
    const own = `set accessModes of volumeClaimTemplate ${JSON.stringify(mount.name)} to ReadWriteOncePod or ReadWriteOnce`
    return { path: `${mount.path}/name`, problem, actual: mount.name, remedy: own }
  }
  const field = `${claim.path}/spec/accessModes`
  const modes = at(claim.claim, 'spec', 'accessModes') ?? null
  const problem = `{{field}} has ReadWriteMany; ${use}`
  return {
    path: field,
    problem,
    actual: modes,
    expected: ['ReadWriteOncePod'],
    remedy: 'set {{field}} to ["ReadWriteOncePod"]',
  }
}
