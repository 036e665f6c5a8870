import { bool, type CelType, dyn, formatType, optionalOf } from './cel-type.ts'
import type { Code, Frame } from './code.ts'
import { CelError } from './error.ts'
import { Double, entryOf, indexOf, isInt, isList, isMap, Optional, typeNameOf, Uint } from './values.ts'

const none = new Optional(undefined)

/** The type of a value's field or element, or what is wrong. An optional's field is optional too. */
export function accessType(value: CelType, key: CelType, isOptional: boolean): CelType | string {
  if (value.name === 'optional') return accessType(value.parameters[0] ?? dyn, key, true)
  const found = plainAccessType(value, key)
  if (typeof found === 'string' || !isOptional) return found
  return optionalOf(found)
}

function plainAccessType(value: CelType, key: CelType): CelType | string {
  if (value.name === 'dyn') return dyn
  if (value.name === 'list') {
    if (key.name !== 'int' && key.name !== 'dyn') return `a list has no index of type '${formatType(key)}'`
    return letter(value.parameters[0])
  }
  if (value.name === 'map') {
    const [wanted = dyn, element] = value.parameters
    const fits = wanted.name.length === 1 || [wanted.name, 'dyn'].includes(key.name) || wanted.name === 'dyn'
    return fits
      ? letter(element)
      : `a map with keys of type '${formatType(wanted)}' has no key of type '${formatType(key)}'`
  }
  return `type '${formatType(value)}' has no fields or elements`
}

function letter(type: CelType | undefined): CelType {
  return type === undefined || type.name.length === 1 ? dyn : type
}

/** Compiles `value.field`. */
export function compileField(value: Code, field: string, type: CelType): Code {
  const { run } = value
  return {
    type,
    run: (frame) => {
      const owner = run(frame)
      if (owner instanceof Optional) return optionalField(owner, field)
      const found = isMap(owner) ? entryOf(owner, field) : failWithoutFields(owner)
      if (found === undefined) throw new CelError(`no such key: ${field}`)
      return found
    },
  }
}

/** Compiles `value.?field`. */
export function compileOptionalField(receiver: Code, field: string, type: CelType): Code {
  const owner = receiver.found ?? receiver.run
  const found = (frame: Frame): unknown => {
    const within = owner(frame)
    const value = within instanceof Optional ? within.value : within
    return value === undefined ? undefined : possibleField(value, field)
  }
  return { type, found, run: (frame) => optionalOfFound(found(frame)) }
}

/** Compiles `has(value.field)`. */
export function compilePresence(value: Code, field: string): Code {
  const { run } = value
  return {
    type: bool,
    run: (frame) => {
      const owner = run(frame)
      if (!(owner instanceof Optional)) return possibleField(owner, field) !== undefined
      return owner.value !== undefined && possibleField(owner.value, field) !== undefined
    },
  }
}

/** Compiles `value[key]`, or `value[?key]`. */
export function compileIndex(value: Code, key: Code, type: CelType, isOptional: boolean): Code {
  const elementAt = isOptional ? optionalElement : requiredElement
  return { type, run: (frame: Frame) => elementAt(value.run(frame), key.run(frame)) }
}

function failWithoutFields(owner: unknown): never {
  throw new CelError(`no such overload: a value of type ${typeNameOf(owner)} has no fields`)
}

/** The field where there is one; as in cel-go, a text or a number just has none, but to ask a list is an error. */
function possibleField(owner: unknown, field: string): unknown {
  if (isMap(owner)) return entryOf(owner, field)
  return isList(owner) ? failWithoutFields(owner) : undefined
}

function optionalField({ value }: Optional, field: string): Optional {
  return value === undefined ? none : optionalOfFound(possibleField(value, field))
}

function optionalOfFound(found: unknown): Optional {
  return found === undefined ? none : new Optional(found)
}

function requiredElement(owner: unknown, key: unknown): unknown {
  if (owner instanceof Optional) return optionalElement(owner, key)
  const found = elementOf(owner, key)
  if (found !== undefined) return found
  throw new CelError(isList(owner) ? 'index out of bounds' : 'no such key')
}

function optionalElement(owner: unknown, key: unknown): Optional {
  const value = owner instanceof Optional ? owner.value : owner
  if (value === undefined) return none
  const found = isMap(value) || isList(value) ? elementOf(value, key) : undefined
  return found === undefined ? none : new Optional(found)
}

function elementOf(owner: unknown, key: unknown): unknown {
  if (isMap(owner)) return entryOf(owner, key)
  if (isList(owner)) return owner[positionOf(key)]
  throw new CelError(`no such overload: a value of type ${typeNameOf(owner)} has no elements`)
}

function positionOf(key: unknown): number {
  if (isInt(key)) return indexOf(key)
  if (key instanceof Uint) return Number(key.value)
  if (key instanceof Double && isInt(key.value)) return key.value
  throw new CelError(`no such overload: a list has no index of type ${typeNameOf(key)}`)
}
