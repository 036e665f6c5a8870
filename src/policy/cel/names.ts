import type { ASTNode } from '@marcbachmann/cel-js'
import { dyn, simpleType } from './cel-type.ts'
import { boundVariable, type Code, type Compiler, type Scope } from './code.ts'
import { CelError } from './error.ts'
import { TypeValue } from './values.ts'

/** The names of types as values, as in `type(x) == int`. */
const typeNames: ReadonlySet<string> = new Set([
  'bool',
  'bytes',
  'double',
  'int',
  'list',
  'map',
  'null_type',
  'optional_type',
  'string',
  'type',
  'uint',
  'google.protobuf.Duration',
  'google.protobuf.Timestamp',
  'kubernetes.Quantity',
  'kubernetes.URL',
  'net.CIDR',
  'net.IP',
])

/** Compiles the name of a variable or of a type. */
export function compileName(compiler: Compiler, node: ASTNode, name: string, scope: Scope | undefined): Code {
  const bound = boundVariable(name, scope)
  if (bound !== undefined) return { type: bound.type, run: (frame) => frame.slots[bound.slot] }
  if (!compiler.variables.has(name)) {
    return typeNames.has(name) ? typeLiteral(name) : compiler.fail(node, `undeclared variable '${name}'`)
  }
  return {
    type: dyn,
    run: (frame) => {
      // Only declared names come here, so that none can be that of a method.
      const value = frame.context[name]
      if (value === undefined) throw new CelError(`the variable ${name} has no value`)
      return value
    },
  }
}

/** Compiles the name of a type in a namespace, such as `google.protobuf.Duration`; undefined for other nodes. */
export function compileTypeName(compiler: Compiler, node: ASTNode, scope: Scope | undefined): Code | undefined {
  const name = qualifiedName(compiler, node, scope)
  return name !== undefined && typeNames.has(name) ? typeLiteral(name) : undefined
}

/** The dotted name that a node spells, where its first part is no variable. */
export function qualifiedName(compiler: Compiler, node: ASTNode, scope: Scope | undefined): string | undefined {
  if (node.op === 'id') {
    const isVariable = compiler.variables.has(node.args) || boundVariable(node.args, scope) !== undefined
    return isVariable ? undefined : node.args
  }
  if (node.op !== '.') return undefined
  const [owner, field] = node.args
  const prefix = qualifiedName(compiler, owner, scope)
  return prefix === undefined ? undefined : `${prefix}.${field}`
}

function typeLiteral(name: string): Code {
  const value = new TypeValue(name)
  return { type: simpleType('type'), run: () => value }
}
