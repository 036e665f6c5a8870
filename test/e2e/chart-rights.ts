/** Who needs a right: a part of the program, in the words of `holdfast.json` where a setting switches it on. */
type Holder = 'look-ups' | 'customResources' | 'events' | 'selfManaged'

const lookedUp = ['list', 'watch'].flatMap((verb) =>
  [
    '/namespaces',
    '/persistentvolumes',
    '/persistentvolumeclaims',
    'storage.k8s.io/storageclasses',
    'storage.k8s.io/csidrivers',
    'storage.k8s.io/volumeattributesclasses',
    'snapshot.storage.k8s.io/volumesnapshotclasses',
  ].map((resource): readonly [string, Holder] => [`${verb} ${resource}`, 'look-ups']),
)

/** Each right in the cluster, and who needs it. No more may be rendered, and no less. */
export const clusterRights: readonly (readonly [string, Holder])[] = [
  ...lookedUp,
  ['list policy.holdfast.dev/storagepolicies', 'customResources'],
  ['watch policy.holdfast.dev/storagepolicies', 'customResources'],
  ['list policy.holdfast.dev/storagepolicyexceptions', 'customResources'],
  ['watch policy.holdfast.dev/storagepolicyexceptions', 'customResources'],
  ['list policy.holdfast.dev/clusterstoragepolicyexceptions', 'customResources'],
  ['watch policy.holdfast.dev/clusterstoragepolicyexceptions', 'customResources'],
  // Server-side apply to the status of an object that is there.
  ['patch policy.holdfast.dev/storagepolicies/status', 'customResources'],
  ['patch policy.holdfast.dev/storagepolicyexceptions/status', 'customResources'],
  ['patch policy.holdfast.dev/clusterstoragepolicyexceptions/status', 'customResources'],
  ['create /events', 'events'],
  ['patch /events', 'events'],
  ['get kustomize.toolkit.fluxcd.io/kustomizations', 'events'],
  ['get helm.toolkit.fluxcd.io/helmreleases', 'events'],
  ['get argoproj.io/applications', 'events'],
  // A tracking id does not say in which namespace the Application is.
  ['list argoproj.io/applications', 'events'],
  ['get admissionregistration.k8s.io/mutatingwebhookconfigurations of holdfast', 'selfManaged'],
  ['update admissionregistration.k8s.io/mutatingwebhookconfigurations of holdfast', 'selfManaged'],
  ['get admissionregistration.k8s.io/validatingwebhookconfigurations of holdfast', 'selfManaged'],
  ['update admissionregistration.k8s.io/validatingwebhookconfigurations of holdfast', 'selfManaged'],
]

/** Each right in the release's namespace. */
export const namespaceRights: readonly (readonly [string, Holder])[] = [
  ['get /secrets of holdfast-tls', 'selfManaged'],
  ['update /secrets of holdfast-tls', 'selfManaged'],
]

/** The rights that these need, sorted. */
export function neededBy(table: typeof clusterRights, ...holders: readonly Holder[]): readonly string[] {
  return table
    .filter(([, holder]) => holders.includes(holder))
    .map(([right]) => right)
    .sort()
}
