import type { JsonValue } from '../../kubernetes/json.ts'
import { type FieldType, readType, type Schemas, typeOfField } from '../../kubernetes/openapi/schemas.ts'
import type { Change, KubernetesSchemas } from '../../kubernetes/openapi/versions.ts'
import { formatStep, parsePointer } from '../../kubernetes/pointer.ts'
import type { CheckFinding } from '../check.ts'
import type { Place, Surrounding } from './place.ts'

/** A field that the object has not in the version in force, but has in another; undefined where none has it. */
export function fieldOfAnotherVersion(
  name: string,
  { name: owner, path }: Surrounding,
  schemas: KubernetesSchemas,
): CheckFinding | undefined {
  const change = schemas.changeOf((other) => typeOfField(other.fieldsOf(owner), name) !== undefined)
  if (change === undefined) return undefined
  const where = change.verb === 'added' ? ` in Kubernetes ${schemas.version}; ` : ' any more; Kubernetes '
  return {
    path: path + formatStep(name),
    problem: `{{field}} is no field of ${owner}${where}${change.version} ${change.verb} it`,
    remedy: `remove it${otherwise(change)}`,
  }
}

/**
 * The words for a value that the closed set of a field has in another version only. No such value is private: it is a
 * name of Kubernetes.
 */
export function valueOfAnotherVersion(
  value: JsonValue,
  place: Place,
  schemas: KubernetesSchemas,
): CheckFinding | undefined {
  if (typeof value !== 'string' || place.parent === undefined) return undefined
  const { name: owner, path } = place.parent
  const [field = ''] = parsePointer(place.path.slice(path.length))
  const change = schemas.changeOf((other) => valuesOf(other, owner, field).includes(value))
  if (change === undefined) return undefined
  const expected = valuesOf(schemas, owner, field)
  return {
    path: place.path,
    actual: value,
    expected,
    problem: `{{field}} is "${value}", which Kubernetes ${schemas.version} does not know; ${change.version} ${change.verb} it`,
    remedy: `set {{field}} to ${expected.map((one) => `"${one}"`).join(' or ')}${otherwise(change)}`,
  }
}

/** What to do instead of removing what only another version has. */
function otherwise({ verb, version }: Change): string {
  return verb === 'added' ? `, or set kubernetesVersion to "${version}" if that is what the cluster runs` : ''
}

function valuesOf(schemas: Schemas, owner: string, field: string): readonly string[] {
  const type = typeOfField(schemas.fieldsOf(owner), field)
  return type === undefined ? [] : valuesIn(readType(type))
}

function valuesIn(type: FieldType): readonly string[] {
  switch (type.form) {
    case 'enum':
      return type.values
    case 'list':
      return valuesIn(readType(type.items))
    case 'scalar':
    case 'map':
    case 'object':
      return []
    default:
      return type satisfies never
  }
}
