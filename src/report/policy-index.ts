import { plainKind } from '../kubernetes/kinds.ts'
import { blocks, codeSpan, prose, table } from './markdown.ts'
import type { CatalogueEntry } from './policy-catalogue.ts'

interface Group {
  readonly title: string
  readonly kinds: readonly string[]
}

const groups: readonly Group[] = [
  { title: 'Storage classes and drivers', kinds: ['StorageClass', 'VolumeAttributesClass', 'CSIDriver'] },
  { title: 'Volumes', kinds: ['PersistentVolume'] },
  { title: 'Claims', kinds: ['PersistentVolumeClaim'] },
  { title: 'Snapshots', kinds: ['VolumeSnapshotClass', 'VolumeSnapshot', 'VolumeSnapshotContent'] },
  { title: 'Configuration', kinds: ['ConfigMap', 'Secret'] },
  {
    title: 'Pods and workloads',
    kinds: [
      'Pod',
      'PodTemplate',
      'ReplicationController',
      'Deployment',
      'ReplicaSet',
      'StatefulSet',
      'DaemonSet',
    ].concat(['Job', 'CronJob']),
  },
]
const others = 'Others'
const everything = 'Manifests of every kind'
// A policy about claims may have a word about volumes and snapshots too; one about more is about manifests as such.
const mostGroups = 3

/**
 * Policies as Markdown tables, by what they are about.
 *
 * @param link where a policy's page is; undefined: there are no pages.
 */
export function renderPolicyIndex(
  entries: readonly CatalogueEntry[],
  link: ((id: string) => string) | undefined,
): string {
  const byGroup = Map.groupBy(entries, groupOf)
  const order = [...groups.map(({ title }) => title), everything, others]
  return blocks(
    order.flatMap((title) => {
      const found = byGroup.get(title)
      return found === undefined ? [] : [`## ${title}`, groupTable(found, link)]
    }),
  )
}

function groupTable(entries: readonly CatalogueEntry[], link: ((id: string) => string) | undefined): string {
  return table(
    ['policy', 'what must hold', 'baseline / strict', 'fix', 'severity', 'parameters'],
    entries.map(({ id, title, actions, fixable, severity, parameters }) => [
      link === undefined ? id : `[${id}](${link(id)})`,
      prose(title),
      `${actions.baseline} / ${actions.strict}`,
      fixable ? 'yes' : 'no',
      severity,
      Object.keys(parameters).map(codeSpan).join(', ') || '–',
    ]),
  )
}

function groupOf({ kinds }: CatalogueEntry): string {
  const found = kinds.map((kind) => groups.find((group) => group.kinds.includes(plainKind(kind)))?.title ?? others)
  return new Set(found).size > mostGroups ? everything : (found[0] ?? others)
}
