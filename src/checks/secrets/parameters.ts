import { inTreePlugin } from '../../kubernetes/in-tree.ts'
import { asArray, asString, type JsonObject, member } from '../../kubernetes/json.ts'
import { formatPointer, type Pointer } from '../../kubernetes/pointer.ts'
import type { Check } from '../check.ts'
import { allowedKeys, sortedTexts } from './entry-keys.ts'
import { credentialFindings, credentialParameters, type CredentialSearch, secretNameFor } from './findings.ts'
import type { SecretEntry } from './scan.ts'

/**
 * Finds credentials in the parameters of a StorageClass, VolumeSnapshotClass or VolumeAttributesClass, and in a
 * StorageClass' mount options. Parameters that name a Secret, a key or an account are no credentials.
 */
export const parameterSecrets: Check = {
  name: 'parameterSecrets',
  description: "Reports each credential in a class's parameters or mount options, without showing any of it.",
  parameters: credentialParameters,
  evaluate: (parameters, object, { scanSecrets }) =>
    credentialFindings(parameterSearch(parameters, object), scanSecrets),
}

/** What there is to search in a class. */
export function parameterSearch(parameters: JsonObject, object: JsonObject): CredentialSearch {
  return {
    parameters,
    object,
    entries: [...entriesOf(parameters, object)],
    secretName: secretNameFor(object),
    remedy: ({ path }) => `move it to a Secret, and ${reference(object, path)}`,
  }
}

function* entriesOf(parameters: JsonObject, object: JsonObject): Generator<SecretEntry> {
  const isAllowed = allowedKeys(parameters)
  for (const [key, value] of sortedTexts(object['parameters'])) {
    if (!isAllowed(key)) yield { path: formatPointer('parameters', key), key, value }
  }
  for (const [index, option] of asArray(object['mountOptions']).entries()) {
    // An option is `name` or `name=value`, which is also how the detectors read an assignment.
    if (typeof option !== 'string' || isAllowed(option.split('=', 1).join(''))) continue
    yield { path: formatPointer('mountOptions', index), key: '', value: option }
  }
}

/**
 * How a class refers to a Secret: by the parameters that the CSI sidecars reserve for it
 * (kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html and -volume-snapshot-class.html), or as
 * the in-tree provisioners that took one do (kubernetes.io, "Storage Classes"). There is none for the attributes class.
 */
function reference(object: JsonObject, path: Pointer): string {
  const named = (step: string): string =>
    `name that in parameters, as csi.storage.k8s.io/${step}-secret-name and csi.storage.k8s.io/${step}-secret-namespace`
  const kind = member(object, 'kind')
  if (kind === 'VolumeSnapshotClass') return named('snapshotter')
  if (kind === 'VolumeAttributesClass') return 'set up the driver, or the StorageClass, with that'
  if (inTreePlugin(asString(member(object, 'provisioner')) ?? '') !== undefined) {
    return 'name that in the parameters which the provisioner has for it, such as secretName and secretNamespace'
  }
  return named(path.startsWith('/mountOptions/') ? 'node-stage' : 'provisioner')
}
