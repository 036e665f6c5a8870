import { isArray, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { parsePointer, type Pointer } from '../kubernetes/pointer.ts'
import type { PatchOperation } from './json-patch.ts'

/** An operation that cannot be applied: the value has no such place. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
  /** The operation's index in the patch. */
  readonly index: number
  readonly path: Pointer

  constructor(index: number, operation: PatchOperation, problem: string) {
    super(`operation ${index} (${operation.op} ${JSON.stringify(operation.path)}): ${problem}`)
    this.index = index
    this.path = operation.path
  }
}

/**
 * Applies a JSON Patch (RFC 6902: add, replace, remove) and gives the new value. The given one stays as it is; parts
 * that the patch does not touch are shared between both. A key `__proto__` is a key like any other.
 *
 * @throws {PatchError} on the first operation that does not apply, as the API server would refuse the whole patch.
 */
export function applyPatch(value: JsonValue, patch: readonly PatchOperation[]): JsonValue {
  return patch.reduce<JsonValue>((current, operation, index) => {
    const result = change(current, operation, stepsOf(operation, index), index)
    if (result !== undefined) return result
    throw new PatchError(index, operation, 'the whole document cannot be removed')
  }, value)
}

function stepsOf(operation: PatchOperation, index: number): readonly string[] {
  try {
    return parsePointer(operation.path)
  } catch {
    throw new PatchError(index, operation, 'the path is no JSON pointer')
  }
}

/** The value after one operation, undefined where the value itself was removed. */
function change(
  value: JsonValue,
  operation: PatchOperation,
  steps: readonly string[],
  index: number,
): JsonValue | undefined {
  const parents = parentsOf(value, operation, steps, index)
  let changed = operation.op === 'remove' ? undefined : operation.value
  for (const [depth, { container, step }] of [...parents.entries()].toReversed()) {
    const replaced = operation.op === 'add' && depth === parents.length - 1 ? 0 : 1
    changed = isArray(container)
      ? withItem(container, Number(step), changed, replaced)
      : withMember(container, step, changed)
  }
  return changed
}

interface Parent {
  readonly container: readonly JsonValue[] | JsonObject
  /** The own key of an object, or the index in an array, in digits. */
  readonly step: string
}

/** The containers on the way to the operation's target, from the outside in. */
function parentsOf(
  value: JsonValue,
  operation: PatchOperation,
  steps: readonly string[],
  index: number,
): readonly Parent[] {
  const parents: Parent[] = []
  let current = value
  for (const [depth, rawStep] of steps.entries()) {
    const mayBeNew = operation.op === 'add' && depth === steps.length - 1
    if (isArray(current)) {
      const step = mayBeNew && rawStep === '-' ? String(current.length) : rawStep
      const count = mayBeNew ? current.length + 1 : current.length
      if (!/^(0|[1-9]\d*)$/.test(step) || Number(step) >= count) {
        throw new PatchError(index, operation, `step ${depth + 1} is no index into the ${current.length} items there`)
      }
      parents.push({ container: current, step })
      current = current[Number(step)] ?? null
    } else if (isObject(current)) {
      if (!mayBeNew && !Object.hasOwn(current, rawStep)) {
        throw new PatchError(index, operation, `step ${depth + 1} is no key of the object`)
      }
      parents.push({ container: current, step: rawStep })
      current = (Object.hasOwn(current, rawStep) ? current[rawStep] : undefined) ?? null
    } else {
      throw new PatchError(index, operation, `step ${depth + 1} leads into a value that has no members`)
    }
  }
  return parents
}

function withItem(
  items: readonly JsonValue[],
  at: number,
  item: JsonValue | undefined,
  replaced: number,
): readonly JsonValue[] {
  return item === undefined ? items.toSpliced(at, 1) : items.toSpliced(at, replaced, item)
}

// Spread, a computed key and rest define own properties: a key `__proto__` never sets a prototype here.
function withMember(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...object, [key]: value }
  const { [key]: _removed, ...rest } = object
  return rest
}
