/** A volume plugin that was compiled into Kubernetes, and what became of it. */
export interface InTreePlugin {
  /** Its name, which is also the `provisioner` of its classes: `kubernetes.io/aws-ebs`. */
  readonly plugin: string
  /** Its field in a pod's volume and in a PersistentVolume's spec: `awsElasticBlockStore`. */
  readonly volumeSource: string
  /** The CSI driver that replaces it; undefined where Kubernetes names none. */
  readonly csiDriver: string | undefined
  /** The minor version since which Kubernetes hands its volumes to the CSI driver by default: `1.23`. */
  readonly redirectedSince?: string
  /** The first minor version in which its volumes no longer work at all: `1.31`. */
  readonly removedIn?: string
  readonly source: string
}

const volumeTypes = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes'

function redirected(plugin: string, volumeSource: string, csiDriver: string, since: string): InTreePlugin {
  return { plugin, volumeSource, csiDriver, redirectedSince: since, source: volumeTypes }
}

function removed(plugin: string, volumeSource: string, csiDriver: string | undefined, version: string): InTreePlugin {
  return { plugin, volumeSource, csiDriver, removedIn: version, source: volumeTypes }
}

/**
 * The in-tree plugins that CSI drivers replace. Names and drivers as in k8s.io/csi-translation-lib v0.36 (plugins/*.go),
 * versions as in the Kubernetes documentation of PersistentVolume types. hostPath, local, nfs, iscsi and fc are not
 * here: Kubernetes still carries them and has announced no end.
 */
export const inTreePlugins: readonly InTreePlugin[] = [
  redirected('kubernetes.io/aws-ebs', 'awsElasticBlockStore', 'ebs.csi.aws.com', '1.23'),
  redirected('kubernetes.io/azure-disk', 'azureDisk', 'disk.csi.azure.com', '1.23'),
  redirected('kubernetes.io/azure-file', 'azureFile', 'file.csi.azure.com', '1.24'),
  redirected('kubernetes.io/cinder', 'cinder', 'cinder.csi.openstack.org', '1.21'),
  redirected('kubernetes.io/gce-pd', 'gcePersistentDisk', 'pd.csi.storage.gke.io', '1.23'),
  redirected('kubernetes.io/portworx-volume', 'portworxVolume', 'pxd.portworx.com', '1.31'),
  redirected('kubernetes.io/vsphere-volume', 'vsphereVolume', 'csi.vsphere.vmware.com', '1.25'),
  removed('kubernetes.io/cephfs', 'cephfs', 'cephfs.csi.ceph.com', '1.31'),
  removed('kubernetes.io/rbd', 'rbd', 'rbd.csi.ceph.com', '1.31'),
  removed('kubernetes.io/flocker', 'flocker', undefined, '1.25'),
  removed('kubernetes.io/glusterfs', 'glusterfs', undefined, '1.26'),
  removed('kubernetes.io/photon-pd', 'photonPersistentDisk', undefined, '1.15'),
  removed('kubernetes.io/quobyte', 'quobyte', 'quobyte-csi', '1.25'),
  removed('kubernetes.io/scaleio', 'scaleIO', undefined, '1.21'),
  removed('kubernetes.io/storageos', 'storageos', 'storageos', '1.25'),
  // Deprecated since 1.23 without a successor and without an end.
  { plugin: 'kubernetes.io/flexvolume', volumeSource: 'flexVolume', csiDriver: undefined, source: volumeTypes },
]

const byPlugin: ReadonlyMap<string, InTreePlugin> = new Map(inTreePlugins.map((entry) => [entry.plugin, entry]))
const bySource: ReadonlyMap<string, InTreePlugin> = new Map(inTreePlugins.map((entry) => [entry.volumeSource, entry]))

/** The in-tree plugin a StorageClass names as its provisioner, if it is one that CSI replaces. */
export function inTreePlugin(provisioner: string): InTreePlugin | undefined {
  return byPlugin.get(provisioner)
}

/** The in-tree plugin behind a field of a volume (`awsElasticBlockStore`), if it is one that CSI replaces. */
export function inTreeSource(field: string): InTreePlugin | undefined {
  return bySource.get(field)
}
