import { isArray, isObject, type JsonValue, member } from './json.ts'

/** A JSON pointer (RFC 6901): '' is the whole document, '/spec/volumes/0' a place in it. */
export type Pointer = string

/** One step of a pointer: an object's key, or an array's index. */
export type Step = string | number

/** Writes steps as a pointer: `formatPointer('data', 'a/b')` is `/data/a~1b`. */
export function formatPointer(...steps: readonly Step[]): Pointer {
  return steps.map(formatStep).join('')
}

/** Writes one step as the end of a pointer: `/data`, `/a~1b`. */
export function formatStep(step: Step): Pointer {
  // Nearly no key has anything to escape, and looking is cheaper than replacing.
  if (typeof step === 'number' || !(step.includes('/') || step.includes('~'))) return `/${step}`
  return `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Reads a pointer into its steps, unescaped. Throws a RangeError on text that is no pointer. */
export function parsePointer(path: Pointer): readonly string[] {
  if (path === '') return []
  if (!path.startsWith('/')) throw new RangeError(`not a JSON pointer (it must be empty or start with "/"): ${path}`)
  const steps = path.slice(1).split('/')
  return path.includes('~') ? steps.map(unescaped) : steps
}

function unescaped(step: string): string {
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step
}

/** The value one step further: a member of an object, an item of an array; undefined where there is none. */
export function child(value: JsonValue | undefined, step: string): JsonValue | undefined {
  if (!isArray(value)) return member(value, step)
  return /^(0|[1-9]\d*)$/.test(step) ? value[Number(step)] : undefined
}

/** The value at a pointer, or undefined where there is none. */
export function resolve(value: JsonValue | undefined, path: Pointer): JsonValue | undefined {
  let current = value
  for (const step of parsePointer(path)) {
    current = child(current, step)
    if (current === undefined) return undefined
  }
  return current
}

/**
 * A pointer as people write a field: `/spec/volumes/0/hostPath` is `spec.volumes[0].hostPath`, and a key that is no
 * plain name is quoted: `metadata.annotations["a.b/c"]`. The empty pointer is `the object`.
 */
export function fieldPath(path: Pointer): string {
  let field = ''
  for (const step of parsePointer(path)) {
    if (/^\d+$/.test(step) && field !== '') field += `[${step}]`
    else if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) field += field === '' ? step : `.${step}`
    else field += `[${JSON.stringify(step)}]`
  }
  return field === '' ? 'the object' : field
}

/**
 * Calls back for each value that steps lead to, in the order of the document. A step `*` stands for every item of a list
 * or member of an object.
 *
 * @param found gets the value and the steps to it, which are only good until it returns: most callers look at the value
 *   alone, and a pointer made for each would cost more than they do.
 */
export function visitMatches(
  value: JsonValue | undefined,
  steps: readonly string[],
  found: (match: JsonValue, trail: readonly Step[]) => void,
): void {
  visitFrom(value, steps, 0, [], found)
}

function visitFrom(
  value: JsonValue | undefined,
  steps: readonly string[],
  from: number,
  trail: Step[],
  found: (match: JsonValue, trail: readonly Step[]) => void,
): void {
  if (value === undefined) return
  const step = steps[from]
  if (step === undefined) {
    found(value, trail)
    return
  }
  if (step !== '*') {
    trail.push(step)
    visitFrom(child(value, step), steps, from + 1, trail, found)
    trail.pop()
  } else if (isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      trail.push(index)
      visitFrom(value[index], steps, from + 1, trail, found)
      trail.pop()
    }
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      trail.push(key)
      visitFrom(value[key], steps, from + 1, trail, found)
      trail.pop()
    }
  }
}
