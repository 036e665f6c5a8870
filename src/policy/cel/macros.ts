import type { ASTNode } from '@marcbachmann/cel-js'
import { type CelType, dyn, formatType, join, optionalOf } from './cel-type.ts'
import type { Code, Compiler, Frame, Scope } from './code.ts'
import { compileComprehension, comprehensions, type Range } from './comprehension.ts'
import { CelError } from './error.ts'
import { isList, isMap, keysOf, Optional, entryOf, typeNameOf } from './values.ts'

interface MacroCall {
  readonly compiler: Compiler
  readonly node: ASTNode
  readonly receiver: ASTNode
  readonly parameters: readonly ASTNode[]
  readonly scope: Scope | undefined
}

/** Compiles a call that is a macro: one whose parameters are not all evaluated first. Undefined for any other call. */
export function compileMacro(name: string, call: MacroCall): Code | undefined {
  const { parameters } = call
  const [first, second] = parameters
  if (first === undefined) return undefined
  if ((name === 'or' || name === 'orValue') && second === undefined) return compileAlternative(name, call, first)
  if ((name === 'optMap' || name === 'optFlatMap') && second !== undefined && parameters.length === 2) {
    return compileOptionalMap(name, call, first, second)
  }
  const variables = comprehensions.get(name)?.find((form) => form.parameters === parameters.length)?.variables
  return variables === undefined ? undefined : compileRange(name, call, variables)
}

function compileRange(name: string, call: MacroCall, variables: 1 | 2): Code {
  const { compiler, receiver, scope, parameters } = call
  const range = compiler.compile(receiver, scope)
  const [keyType, valueType] = rangeTypes(range.type, variables) ?? compiler.fail(receiver, notARange(range.type))
  const [keyName = receiver, valueName = receiver] = parameters
  const outer = compiler.bind(keyName, keyType, scope)
  const inner = variables === 1 ? outer : compiler.bind(valueName, valueType, outer)
  const bodies = parameters.slice(variables).map((body) => ({ node: body, code: compiler.compile(body, inner) }))
  const loop: Range = {
    each: (frame, visit) => {
      const value = range.run(frame)
      if (variables === 1) eachValue(value, frame, outer.slot, visit)
      else eachEntry(value, frame, [outer.slot, inner.slot], visit)
    },
    elementType: keyType,
  }
  return compileComprehension({ name, bodies, loop, keySlot: outer.slot, compiler })
}

/** The types of the variables: a list's elements or a map's keys; with two variables index or key, and value. */
function rangeTypes(type: CelType, variables: 1 | 2): readonly [CelType, CelType] | undefined {
  if (type.name === 'dyn') return [dyn, dyn]
  const [first = dyn, second = dyn] = type.parameters.map((parameter) =>
    parameter.name.length === 1 ? dyn : parameter,
  )
  if (type.name === 'map') return [first, second]
  if (type.name !== 'list') return undefined
  return variables === 1 ? [first, first] : [{ name: 'int', parameters: [] }, first]
}

function notARange(type: CelType): string {
  return `a value of type '${formatType(type)}' cannot be the range of a comprehension: it is no list or map`
}

function eachValue(value: unknown, frame: Frame, slot: number, visit: () => boolean): void {
  const { slots, budget } = frame
  for (const item of isList(value) ? value : keysOfMap(value)) {
    budget.spend(1)
    slots[slot] = item
    if (!visit()) return
  }
}

function eachEntry(
  value: unknown,
  frame: Frame,
  [first, second]: readonly [number, number],
  visit: () => boolean,
): void {
  const { slots, budget } = frame
  const keys = isList(value) ? value.keys() : keysOfMap(value)
  for (const key of keys) {
    budget.spend(1)
    slots[first] = key
    slots[second] = isList(value) ? value[Number(key)] : isMap(value) && entryOf(value, key)
    if (!visit()) return
  }
}

function keysOfMap(value: unknown): readonly unknown[] {
  if (isMap(value)) return keysOf(value)
  throw new CelError(`no such overload: a value of type ${typeNameOf(value)} cannot be the range of a comprehension`)
}

function compileAlternative(name: 'or' | 'orValue', call: MacroCall, parameter: ASTNode): Code {
  const { compiler, scope, node } = call
  const value = compileOptional(call, name)
  const other = compiler.compile(parameter, scope)
  const inner = value.type.parameters[0] ?? dyn
  const wanted = name === 'or' ? optionalOf(inner) : inner
  const mismatch = `no such overload: ${name}() wants '${formatType(wanted)}', not '${formatType(other.type)}'`
  const type = join(wanted, other.type) ?? compiler.fail(node, mismatch)
  if (name === 'orValue') {
    const found = value.found ?? ((frame: Frame) => optionalOrThrow(value.run(frame), name).value)
    return {
      type,
      run(frame) {
        const present = found(frame)
        // A null is a value like any other.
        return present === undefined ? other.run(frame) : present
      },
    }
  }
  return {
    type,
    run(frame) {
      const present = optionalOrThrow(value.run(frame), name)
      return present.value === undefined ? optionalOrThrow(other.run(frame), name) : present
    },
  }
}

function compileOptionalMap(name: 'optMap' | 'optFlatMap', call: MacroCall, variable: ASTNode, body: ASTNode): Code {
  const { compiler, scope } = call
  const value = compileOptional(call, name)
  const inner = compiler.bind(variable, value.type.parameters[0] ?? dyn, scope)
  const code = compiler.compile(body, inner)
  if (name === 'optFlatMap' && !['optional', 'dyn'].includes(code.type.name)) {
    compiler.fail(body, `optFlatMap() wants an optional, not '${formatType(code.type)}'`)
  }
  return {
    type: name === 'optMap' ? optionalOf(code.type) : code.type,
    run: (frame) => {
      const present = optionalOrThrow(value.run(frame), name)
      if (present.value === undefined) return present
      frame.slots[inner.slot] = present.value
      const mapped = code.run(frame)
      return name === 'optMap' ? new Optional(mapped) : optionalOrThrow(mapped, name)
    },
  }
}

function compileOptional({ compiler, receiver, scope }: MacroCall, name: string): Code {
  const value = compiler.compile(receiver, scope)
  if (!['optional', 'dyn'].includes(value.type.name)) {
    compiler.fail(receiver, `no such overload: ${name}() wants an optional, not '${formatType(value.type)}'`)
  }
  return value
}

function optionalOrThrow(value: unknown, name: string): Optional {
  if (value instanceof Optional) return value
  throw new CelError(`no such overload: ${name}() wants an optional, not ${typeNameOf(value)}`)
}
