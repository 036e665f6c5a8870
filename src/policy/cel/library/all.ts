import { groupOverloads } from '../dispatch.ts'
import type { Overload } from '../overload.ts'
import { cidrFunctions } from './cidr.ts'
import { holdfastFunctions } from './holdfast.ts'
import { ipFunctions } from './ip.ts'
import { listFunctions } from './lists.ts'
import { optionalFunctions } from './optionals.ts'
import { quantityFunctions } from './quantity.ts'
import { regexFunctions } from './regex.ts'
import { semverFunctions } from './semver.ts'
import { setFunctions } from './sets.ts'
import { standardFunctions } from './standard.ts'
import { stringFunctions } from './strings.ts'
import { timeFunctions } from './time.ts'
import { urlFunctions } from './url.ts'

/** Every function of the language by name; a method's name starts with a dot, a namespaced one's holds one. */
export const functions: ReadonlyMap<string, readonly Overload[]> = groupOverloads([
  ...standardFunctions,
  ...stringFunctions,
  ...listFunctions,
  ...regexFunctions,
  ...optionalFunctions,
  ...setFunctions,
  ...timeFunctions,
  ...quantityFunctions,
  ...urlFunctions,
  ...ipFunctions,
  ...cidrFunctions,
  ...semverFunctions,
  ...holdfastFunctions,
])
