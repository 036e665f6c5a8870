import type { ASTNode } from '@marcbachmann/cel-js'
import { type CelType, dyn, formatType, join, listOf, simpleType } from './cel-type.ts'
import type { Code, Compiler, Scope } from './code.ts'
import { CelError } from './error.ts'
import { Double, intOf, mapKey, typeNameOf, Uint } from './values.ts'

type Literal = Extract<ASTNode, { readonly op: 'value' }>['args']

const largestInt = 2n ** 63n - 1n
const placeholder = simpleType('T')

/** Compiles a literal; `isNegated` one carries the minus sign before it, as the smallest int has no positive twin. */
export function compileLiteral(compiler: Compiler, node: ASTNode, literal: Literal): Code {
  const value = literalValue(compiler, node, literal)
  return { type: simpleType(value === null ? 'null_type' : typeNameOf(value)), run: () => value }
}

function literalValue(compiler: Compiler, node: ASTNode, literal: Literal): unknown {
  if (typeof literal === 'bigint') {
    return literal > largestInt ? compiler.fail(node, 'the integer is over 64 bits') : intOf(literal)
  }
  if (typeof literal === 'number') return new Double(literal)
  if (typeof literal !== 'object' || literal === null) return literal
  if (!(literal instanceof Uint8Array)) return new Uint(literal.value)
  // The parser keeps only the low byte of other characters; CEL wants their UTF-8.
  if (/^[\t\n\r -~]*$/.test(node.input.slice(node.start, node.end))) return literal
  return compiler.fail(node, 'bytes literals take ASCII characters and escapes only')
}

/** Compiles `[a, b]`; the elements are of one type, as in Kubernetes. */
export function compileList(compiler: Compiler, elements: readonly ASTNode[], scope: Scope | undefined): Code {
  const codes = elements.map((element) => compiler.compile(element, scope))
  return listCode(codes, elementType(compiler, elements, codes))
}

/** Compiles a list literal whose elements may be of any types: what `format` takes. */
export function compileMixedList(compiler: Compiler, elements: readonly ASTNode[], scope: Scope | undefined): Code {
  const codes = elements.map((element) => compiler.compile(element, scope))
  return listCode(codes, dyn)
}

function elementType(compiler: Compiler, elements: readonly ASTNode[], codes: readonly Code[]): CelType {
  let type: CelType = placeholder
  for (const [index, code] of codes.entries())
    type = joined(compiler, elements[index], type, code.type, 'list elements')
  return type
}

function listCode(codes: readonly Code[], type: CelType): Code {
  const runs = codes.map(({ run }) => run)
  return {
    type: listOf(type),
    run: (frame) => {
      frame.budget.spend(runs.length)
      return runs.map((run) => run(frame))
    },
  }
}

const keyTypes = new Set(['string', 'int', 'uint', 'bool', 'dyn'])

/** Compiles `{key: value}`; the keys are of one type and so are the values. */
export function compileMap(
  compiler: Compiler,
  entries: readonly (readonly [ASTNode, ASTNode])[],
  scope: Scope | undefined,
): Code {
  let keyType: CelType = placeholder
  let valueType: CelType = placeholder
  const codes = entries.map(([keyNode, valueNode]) => {
    const key = compiler.compile(keyNode, scope)
    const value = compiler.compile(valueNode, scope)
    if (!keyTypes.has(key.type.name)) compiler.fail(keyNode, `a map has no keys of type '${formatType(key.type)}'`)
    keyType = joined(compiler, keyNode, keyType, key.type, 'map keys')
    valueType = joined(compiler, valueNode, valueType, value.type, 'map values')
    return [key.run, value.run] as const
  })
  return {
    type: { name: 'map', parameters: [keyType, valueType] },
    run: (frame) => {
      frame.budget.spend(codes.length)
      const map = new Map<unknown, unknown>()
      for (const [key, value] of codes) addEntry(map, key(frame), value(frame))
      return map
    },
  }
}

function addEntry(map: Map<unknown, unknown>, key: unknown, value: unknown): void {
  const kept = mapKey(key)
  if (kept === undefined) throw new CelError(`a map has no keys of type ${typeNameOf(key)}`)
  // A key that is there twice: the last value counts, as in Kubernetes.
  map.set(kept, value)
}

function joined(compiler: Compiler, node: ASTNode | undefined, left: CelType, right: CelType, what: string): CelType {
  const type = join(left, right)
  if (type !== undefined || node === undefined) return type ?? left
  return compiler.fail(node, `${what} must be of one type, not '${formatType(left)}' and '${formatType(right)}'`)
}
