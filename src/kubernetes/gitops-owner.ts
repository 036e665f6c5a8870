import { asString, at, type JsonObject } from './json.ts'
import { annotationsOf, groupVersion, labelsOf, type ObjectReference, referenceOf } from './object.ts'

/**
 * Who applied an object from Git, as its labels and annotations say: an Argo CD Application, or a Kustomization or
 * HelmRelease of Flux. The namespace is '' where it is not stated: an Application then is where Argo CD itself is.
 *
 * Whoever may write the object may write these too, so it is what is said and not what is so.
 */
export function gitOpsOwnerOf(object: JsonObject): ObjectReference | undefined {
  const labels = labelsOf(object)
  return (
    applicationOf(object) ??
    labelled(labels, 'kustomize.toolkit.fluxcd.io', kustomization) ??
    labelled(labels, 'helm.toolkit.fluxcd.io', helmRelease)
  )
}

const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }
const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }
const helmRelease = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' }

// Names of Kubernetes, as far as it matters here: what is none can be no owner.
const nameText = /^[a-z0-9][a-z0-9.-]{0,252}$/

function labelled(
  labels: Readonly<Record<string, string>>,
  group: string,
  kind: Pick<ObjectReference, 'apiVersion' | 'kind'>,
): ObjectReference | undefined {
  const [name = '', namespace = ''] = [labels[`${group}/name`], labels[`${group}/namespace`]]
  return nameText.test(name) && nameText.test(namespace) ? { ...kind, namespace, name } : undefined
}

/**
 * The Application of the tracking annotation, `app:group/Kind:namespace/name`, where it was written for this very object:
 * controllers copy annotations to what they make, and Argo CD itself then ignores them. An Application outside of Argo
 * CD's own namespace is `namespace_app`. What is cluster-scoped is tracked in its Application's target namespace.
 *
 * The label app.kubernetes.io/instance does not count: most Helm charts set it without any Argo CD.
 *
 * https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
function applicationOf(object: JsonObject): ObjectReference | undefined {
  const [app = '', groupKind, place, ...more] = (annotationsOf(object)['argocd.argoproj.io/tracking-id'] ?? '').split(
    ':',
  )
  const { apiVersion, kind, namespace } = referenceOf(object)
  const name = asString(at(object, 'metadata', 'name')) ?? ''
  if (more.length > 0 || groupKind !== `${groupVersion(apiVersion).group}/${kind}`) return undefined
  const isHere = namespace === '' ? place?.endsWith(`/${name}`) : place === `${namespace}/${name}`
  if (isHere !== true) return undefined
  const parts = app.split('_')
  const [own = '', ...others] = parts.toReversed()
  const [stated = ''] = others
  if (others.length > 1 || !nameText.test(own) || (others.length === 1 && !nameText.test(stated))) return undefined
  return { ...application, namespace: stated, name: own }
}
