/** A CEL type as the checker knows it; `list<int>` has the one parameter int. Capital letters stand for any type. */
export interface CelType {
  readonly name: string
  readonly parameters: readonly CelType[]
}

/** What the capital letters of a signature stand for in one call. */
export type Bindings = Map<string, CelType>

/** The type of what is only known at evaluation. */
export const dyn: CelType = { name: 'dyn', parameters: [] }
/** The type of conditions. */
export const bool: CelType = { name: 'bool', parameters: [] }

/** A type without parameters. */
export function simpleType(name: string): CelType {
  return { name, parameters: [] }
}

/** The type of lists with such elements. */
export function listOf(element: CelType): CelType {
  return { name: 'list', parameters: [element] }
}

/** The type of optionals of such values. */
export function optionalOf(value: CelType): CelType {
  return { name: 'optional', parameters: [value] }
}

/** Reads a type as signatures write it, `map<string, list<T>>`. Only for this source's own: it reports no errors. */
export function parseType(text: string): CelType {
  const open = text.indexOf('<')
  if (open < 0) return simpleType(text.trim())
  return {
    name: text.slice(0, open).trim(),
    parameters: splitParameters(text.slice(open + 1, text.lastIndexOf('>'))).map(parseType),
  }
}

function splitParameters(text: string): readonly string[] {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '<') depth += 1
    if (text[index] === '>') depth -= 1
    if (text[index] === ',' && depth === 0) return [text.slice(0, index), ...splitParameters(text.slice(index + 1))]
  }
  return [text]
}

/** How a type reads in messages. */
export function formatType(type: CelType): string {
  if (type.parameters.length === 0) return type.name
  return `${type.name}<${type.parameters.map(formatType).join(', ')}>`
}

function isPlaceholder(type: CelType): boolean {
  return type.name.length === 1
}

/** Whether a value of the actual type may be passed where the wanted type stands; binds the wanted type's letters. */
export function accepts(wanted: CelType, actual: CelType, bindings: Bindings): boolean {
  if (wanted.name === 'dyn' || actual.name === 'dyn') return true
  if (isPlaceholder(wanted)) {
    const bound = bindings.get(wanted.name)
    if (bound !== undefined && !isPlaceholder(bound)) return accepts(bound, actual, bindings)
    bindings.set(wanted.name, actual)
    return true
  }
  // The letter left in an empty literal's type, `[]` or `{}`, takes any type.
  if (isPlaceholder(actual)) return true
  if (wanted.name !== actual.name) return false
  return wanted.parameters.every((parameter, index) => accepts(parameter, actual.parameters[index] ?? dyn, bindings))
}

/** A signature's type with its letters replaced; a letter nothing was bound to is dyn. */
export function substitute(type: CelType, bindings: Bindings): CelType {
  if (isPlaceholder(type)) return bindings.get(type.name) ?? dyn
  if (type.parameters.length === 0) return type
  return { name: type.name, parameters: type.parameters.map((parameter) => substitute(parameter, bindings)) }
}

/** The one type two expressions share, or undefined where they differ. */
export function join(left: CelType, right: CelType): CelType | undefined {
  if (left.name === 'dyn' || right.name === 'dyn') return dyn
  if (isPlaceholder(left)) return right
  if (isPlaceholder(right)) return left
  if (left.name !== right.name) return undefined
  const parameters: CelType[] = []
  for (const [index, parameter] of left.parameters.entries()) {
    const joined = join(parameter, right.parameters[index] ?? dyn)
    if (joined === undefined) return undefined
    parameters.push(joined)
  }
  return { name: left.name, parameters }
}

/** Whether anything in a type is only known at evaluation, so that a call must look at its values. */
export function isDynamic(type: CelType): boolean {
  return type.name === 'dyn' || type.parameters.some(isDynamic)
}
