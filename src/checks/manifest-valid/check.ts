import { asString, type JsonObject } from '../../kubernetes/json.ts'
import { groupKindOf, parseGroupKind } from '../../kubernetes/kinds.ts'
import type { KubernetesSchemas } from '../../kubernetes/openapi/versions.ts'
import type { Check, CheckFinding } from '../check.ts'
import { wrongApiVersion } from './api-version.ts'
import { judgeValue } from './walk.ts'

/**
 * Reports what the API server drops or refuses before any webhook hears of it, so it judges manifests alone, as they are
 * written. Objects inside others (a pod in a Deployment) are judged with the object they are in.
 */
export const manifestValid: Check = {
  name: 'manifestValid',
  description:
    'Reports unknown and missing fields, values of a wrong type and apiVersions that are not served, in manifests.',
  parameters: { type: 'object', properties: {} },
  evaluate(_parameters, object, { written, carrier, schemas }) {
    return written === undefined || object !== carrier ? [] : findingsOf(written, schemas)
  },
}

function findingsOf(written: JsonObject, schemas: KubernetesSchemas): readonly CheckFinding[] {
  const kind = asString(written['kind']) ?? ''
  const apiVersion = asString(written['apiVersion']) ?? ''
  const [served] = schemas.apiVersionsOf(kind)
  // A custom resource may have a name that Kubernetes uses as well.
  if (served === undefined || groupKindOf(written) !== parseGroupKind(kind)) return []
  const findings: CheckFinding[] = []
  const stated = schemas.definitionOf(kind, apiVersion)
  if (stated === undefined) findings.push(wrongApiVersion({ kind, apiVersion, served }, schemas))
  // With a wrong apiVersion the object is judged as what it has to become.
  const definition = stated ?? schemas.definitionOf(kind, served)
  if (definition !== undefined) {
    judgeValue(written, definition, { path: '', privacy: 'shown', parent: undefined }, { schemas, findings })
  }
  return findings
}
