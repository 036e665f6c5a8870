import { isArray, type JsonObject } from '../kubernetes/json.ts'
import { formatPointer, type Pointer } from '../kubernetes/pointer.ts'
import type { ConfigDocument } from './document.ts'
import type { ProblemList } from './problems.ts'

/** The parameter by which a policy about credentials takes fingerprints. */
const parameter = 'allowFingerprints'

const reason =
  'names fingerprints, but there is no key to make them with; set HOLDFAST_FINGERPRINT_KEY or fingerprintKeyFile'

/** Adds a problem for each place of a configuration that names fingerprints: without a key it would cover nothing. */
export function refuseFingerprints({ policies = {}, exceptions = [] }: ConfigDocument, problems: ProblemList): void {
  for (const [name, { parameters, namespaces = {} }] of Object.entries(policies)) {
    const path = formatPointer('policies', name)
    refuseIn(parameters, path, problems)
    for (const [pattern, settings] of Object.entries(namespaces)) {
      refuseIn(settings.parameters, path + formatPointer('namespaces', pattern), problems)
    }
  }
  for (const [index, { match }] of exceptions.entries()) {
    if (match.fingerprints !== undefined) {
      problems.add(formatPointer('exceptions', index, 'match', 'fingerprints'), reason)
    }
  }
}

function refuseIn(parameters: JsonObject | undefined, path: Pointer, problems: ProblemList): void {
  const given = parameters?.[parameter]
  if (isArray(given) && given.length > 0) problems.add(path + formatPointer('parameters', parameter), reason)
}
