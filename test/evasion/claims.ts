import { type Arbitrary, array, constantFrom, nat, oneof, tuple } from 'fast-check'
import { asObject, type JsonObject } from '../../src/kubernetes/json.ts'
import { innocentClaim } from './innocents.ts'
import { type Planted, within } from './planted.ts'
import { inPodCarriers, podsWith } from './pods.ts'

/** The views that the configuration has for the custom resources that carry a claim here. */
export const claimViews: readonly JsonObject[] = [
  { in: 'Prometheus.monitoring.example.com', kind: 'PersistentVolumeClaim', path: '/spec/storage/volumeClaimTemplate' },
  { in: 'Cluster.postgres.example.com', kind: 'PersistentVolumeClaim', path: '/spec/volumes/*/claim', part: 'spec' },
]

/** The claims wherever a claim may be: by itself, a StatefulSet's, an ephemeral volume's, a custom resource's. */
export function inClaimCarriers(claims: Arbitrary<Planted>): Arbitrary<Planted> {
  return oneof(claims.map(byItself), inStatefulSets(claims), inEphemeralVolumes(claims), claims.map(inCustomResource))
}

/** The same for claims of which only the spec matters: also where a custom resource has nothing but the spec. */
export function inSpecCarriers(claims: Arbitrary<Planted>): Arbitrary<Planted> {
  return oneof({ weight: 4, arbitrary: inClaimCarriers(claims) }, claims.map(inCustomResourceSpec))
}

function byItself(claim: Planted): Planted {
  const metadata = { ...asObject(claim.part['metadata']), name: 'planted', namespace: 'shop' }
  return { ...claim, part: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim.part, metadata } }
}

function inStatefulSets(claims: Arbitrary<Planted>): Arbitrary<Planted> {
  return tuple(
    claims,
    array(innocentClaim, { maxLength: 2 }),
    nat({ max: 2 }),
    constantFrom('apps/v1', 'apps/v1beta1', 'apps/v1beta2'),
  ).map(([claim, others, at, apiVersion]) => {
    const index = Math.min(at, others.length)
    return within(claim, `/spec/volumeClaimTemplates/${index}`, {
      apiVersion,
      kind: 'StatefulSet',
      metadata: { name: 'planted', namespace: 'shop' },
      spec: {
        serviceName: 'orders',
        selector: { matchLabels: { app: 'orders' } },
        template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
        volumeClaimTemplates: others.toSpliced(index, 0, claim.part).map(numbered),
      },
    })
  })
}

function numbered(template: JsonObject, index: number): JsonObject {
  return { ...template, metadata: { ...asObject(template['metadata']), name: `data-${index}` } }
}

function inEphemeralVolumes(claims: Arbitrary<Planted>): Arbitrary<Planted> {
  const volumes = claims.map((claim) => ({
    volume: within(claim, '/ephemeral/volumeClaimTemplate', {
      name: 'planted',
      ephemeral: { volumeClaimTemplate: claim.part },
    }),
  }))
  return inPodCarriers(podsWith(volumes))
}

function inCustomResource(claim: Planted): Planted {
  return within(claim, '/spec/storage/volumeClaimTemplate', {
    apiVersion: 'monitoring.example.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'planted', namespace: 'shop' },
    spec: { replicas: 2, storage: { volumeClaimTemplate: claim.part } },
  })
}

function inCustomResourceSpec(claim: Planted): Planted {
  return {
    ...claim,
    part: {
      apiVersion: 'postgres.example.com/v1',
      kind: 'Cluster',
      metadata: { name: 'planted', namespace: 'shop' },
      spec: { volumes: { wal: { size: 'small' }, data: { claim: claim.part['spec'] ?? {} } } },
    },
    places: claim.places.map(({ rule, path }) => ({
      rule,
      path: `/spec/volumes/data/claim${path.slice('/spec'.length)}`,
    })),
  }
}
