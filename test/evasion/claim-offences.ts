import { type Arbitrary, constantFrom, oneof, shuffledSubarray, tuple } from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/kubernetes/json.ts'
import { inClaimCarriers, inSpecCarriers } from './claims.ts'
import type { Offence } from './offence.ts'
import { harmless, knowing, type Planted, planted } from './planted.ts'
import { storageClass } from './settings.ts'
import { bytesBetween, quantitySpellings } from './spellings.ts'

const betaAnnotation = 'volume.beta.kubernetes.io/storage-class'
const annotationPath = '/metadata/annotations/volume.beta.kubernetes.io~1storage-class'
const classPath = '/spec/storageClassName'

/** A claim without its type, right but for the given members of its spec and metadata. */
function claim(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  const usual = { accessModes: ['ReadWriteOnce'], storageClassName: 'gold', ...requesting('20Gi') }
  return { metadata, spec: { ...usual, ...spec } }
}

function requesting(storage: JsonValue): JsonObject {
  return { resources: { requests: { storage } } }
}

/** A claim of a class, by each way that Kubernetes reads it: what says so, and where. */
function ofClass(
  name: string,
  more: JsonObject = {},
): Arbitrary<{ readonly claim: JsonObject; readonly path: string; readonly known: readonly JsonObject[] }> {
  const without: JsonObject = { ...requesting('20Gi'), accessModes: ['ReadWriteOnce'], ...more }
  const byDefault = (annotation: string): JsonObject => {
    const driver = name.includes('files') ? 'efs.csi.aws.com' : 'ebs.csi.aws.com'
    return storageClass(name, driver, { [`storageclass.${annotation}is-default-class`]: 'true' })
  }
  return constantFrom(
    { claim: { metadata: {}, spec: { ...without, storageClassName: name } }, path: classPath, known: [] },
    { claim: { metadata: {}, spec: without }, path: classPath, known: [byDefault('kubernetes.io/')] },
    { claim: { metadata: {}, spec: without }, path: classPath, known: [byDefault('beta.kubernetes.io/')] },
    { claim: annotated(name, without), path: annotationPath, known: [] },
    { claim: annotated(name, { ...without, storageClassName: 'vendor' }), path: annotationPath, known: [] },
    { claim: annotated(name, { ...without, storageClassName: '' }), path: annotationPath, known: [] },
  )
}

function annotated(name: string, spec: JsonObject): JsonObject {
  return { metadata: { annotations: { [betaAnnotation]: name } }, spec }
}

const sensitive = constantFrom<JsonObject>(
  { 'data-classification': 'pii' },
  { 'data-classification': 'confidential', app: 'orders' },
  { 'data-classification': 'restricted', 'holdfast.dev/sensitive': 'false' },
  { 'holdfast.dev/sensitive': 'true' },
)
const modes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] as const
const openModes = shuffledSubarray([...modes]).filter((chosen) => chosen.join() !== 'ReadWriteOncePod')

const insensitive = constantFrom<JsonObject>(
  { labels: { 'data-classification': 'PII' } },
  { labels: { 'data-classification': 'public', 'holdfast.dev/sensitive': 'yes' } },
  { labels: { 'example.com/data-classification': 'pii' } },
  { annotations: { 'data-classification': 'pii', 'holdfast.dev/sensitive': 'true' } },
)

const deniedClasses = ['bulk', 'bulk-files', 'old-1'] as const
const allowedClasses = ['gold', 'files', 'gold-bulk'] as const

const misspelt = constantFrom('golden', 'Gold', 'gold ', 'constructor').map((name) =>
  planted(claim({ storageClassName: name }), 'class', classPath),
)

/** Claims for many nodes, of a class whose driver serves one. */
const unserved: Arbitrary<Planted> = shuffledSubarray([...modes], { minLength: 1 })
  .filter((chosen) => chosen.some(isShared))
  .chain((chosen) =>
    oneof(...['gold', 'bulk'].map((name) => ofClass(name, { accessModes: chosen }))).map((made) => ({
      part: made.claim,
      known: made.known,
      places: chosen.flatMap((mode, index) =>
        isShared(mode) ? [{ rule: 'supported', path: `/spec/accessModes/${index}` }] : [],
      ),
    })),
  )

function isShared(mode: string): boolean {
  return mode.endsWith('Many')
}

const many: JsonObject = { accessModes: ['ReadOnlyMany', 'ReadWriteMany'] }

const served: Arbitrary<Planted> = oneof(
  ofClass('files', many).map((made) => ({ part: made.claim, known: made.known, places: [] })),
  constantFrom(
    claim({ ...many, volumeMode: 'Block' }),
    claim({ ...many, storageClassName: 'vendor' }),
    claim({ ...many, volumeName: 'prepared' }),
    claim({ accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }),
    annotated('files', { ...many, ...requesting('2Gi'), storageClassName: 'gold' }),
  ).map(harmless),
)

const Gi = 2n ** 30n
const noQuantities = constantFrom<JsonValue>('1e3Mi', '500GiB', '0x40Gi', ' 20Gi', '20 Gi', '1_000Gi', '20gi', 'Gi')

/** What is wrong with claims. */
export const claimOffences: readonly Offence[] = [
  {
    policy: 'claim-rwop-when-sensitive',
    what: 'sensitive data that more than one pod can reach',
    bad: inClaimCarriers(
      tuple(sensitive, openModes).map(([labels, accessModes]) =>
        planted(claim({ accessModes }, { labels }), 'access-modes', '/spec/accessModes'),
      ),
    ),
    good: inClaimCarriers(
      oneof(
        sensitive.map((labels) => harmless(claim({ accessModes: ['ReadWriteOncePod'] }, { labels }))),
        tuple(insensitive, openModes).map(([metadata, accessModes]) => harmless(claim({ accessModes }, metadata))),
      ),
    ),
  },
  {
    policy: 'claim-storage-class',
    what: 'a class that may not be used or does not exist, wherever it is named',
    bad: oneof(
      inClaimCarriers(
        oneof(...deniedClasses.map((name) => ofClass(name))).map((made) =>
          knowing(planted(made.claim, 'class', made.path), made.known),
        ),
      ),
      inSpecCarriers(misspelt),
    ),
    good: oneof(
      inClaimCarriers(
        oneof(...allowedClasses.map((name) => ofClass(name))).map((made) => knowing(harmless(made.claim), made.known)),
      ),
      inClaimCarriers(
        constantFrom('gold', '').map((name) =>
          harmless(annotated(name, { ...requesting('2Gi'), storageClassName: 'bulk' })),
        ),
      ),
    ),
  },
  {
    policy: 'claim-access-mode-supported',
    what: 'an access mode that the driver of the class does not serve',
    bad: inClaimCarriers(unserved),
    good: inClaimCarriers(served),
  },
  {
    policy: 'claim-size',
    what: 'more than the maximum, in any unit',
    bad: inSpecCarriers(
      quantitySpellings(bytesBetween(100n * Gi + 1n, 2n ** 52n)).map((storage) =>
        planted(claim(requesting(storage)), 'maximum', '/spec/resources/requests/storage'),
      ),
    ),
    good: inSpecCarriers(
      quantitySpellings(bytesBetween(Gi, 100n * Gi)).map((storage) => harmless(claim(requesting(storage)))),
    ),
  },
  {
    policy: 'claim-size',
    what: 'less than the minimum, and what is no quantity',
    bad: inSpecCarriers(
      oneof({ weight: 4, arbitrary: quantitySpellings(bytesBetween(1n, Gi - 1n)) }, noQuantities).map((storage) =>
        planted(claim(requesting(storage)), 'minimum', '/spec/resources/requests/storage'),
      ),
    ),
    good: inSpecCarriers(
      constantFrom<JsonValue>('1Gi', '1024Mi', '.05Ti', '1e11', '0.1T', 107374182400).map((storage) =>
        harmless(claim({ resources: { requests: { storage }, limits: { storage: '1e3Ti' } } })),
      ),
    ),
  },
]
