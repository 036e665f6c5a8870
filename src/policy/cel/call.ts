import type { ASTNode } from '@marcbachmann/cel-js'
import { compilePresence } from './access.ts'
import { formatType, optionalOf, simpleType } from './cel-type.ts'
import type { Code, Compiler, Scope } from './code.ts'
import { invoke, resolve } from './dispatch.ts'
import { CelError } from './error.ts'
import { functions } from './library/all.ts'
import { compileMixedList } from './literals.ts'
import { patternParameter } from './library/regex.ts'
import { compileMacro } from './macros.ts'
import { qualifiedName } from './names.ts'
import { Optional } from './values.ts'

interface Call {
  readonly compiler: Compiler
  readonly node: ASTNode
  readonly scope: Scope | undefined
}

/** Compiles `name(…)`. */
export function compileFunction(call: Call, name: string, parameters: readonly ASTNode[]): Code {
  if (name === 'has') return compileHas(call, parameters)
  return compileOverloaded(call, name, parameters)
}

/** Compiles `receiver.name(…)`: a namespaced function, a macro or a method. */
export function compileMethod(call: Call, name: string, receiver: ASTNode, parameters: readonly ASTNode[]): Code {
  const { compiler, scope, node } = call
  const namespace = qualifiedName(compiler, receiver, scope)
  if (namespace !== undefined) {
    const qualified = `${namespace}.${name}`
    if (qualified === 'optional.none' && parameters.length === 0) return noValue
    if (functions.has(qualified)) return compileOverloaded(call, qualified, parameters)
  }
  const macro = compileMacro(name, { compiler, node, scope, receiver, parameters })
  return macro ?? compileOverloaded(call, `.${name}`, [receiver, ...parameters])
}

const none = new Optional(undefined)
const noValue: Code = { type: optionalOf(simpleType('T')), run: () => none }

function compileHas({ compiler, node, scope }: Call, parameters: readonly ASTNode[]): Code {
  const [field] = parameters
  if (field === undefined || field.op !== '.' || parameters.length !== 1) {
    return compiler.fail(node, 'has() takes one field selection, as in has(object.spec)')
  }
  const owner = compiler.compile(field.args[0], scope)
  if (!['dyn', 'map', 'optional'].includes(owner.type.name)) {
    compiler.fail(field, `type '${formatType(owner.type)}' has no fields`)
  }
  return compilePresence(owner, field.args[1])
}

function compileOverloaded(call: Call, name: string, parameters: readonly ASTNode[]): Code {
  const { compiler, node, scope } = call
  const overloads = functions.get(name)
  const shownName = name.replace(/^\./, '')
  if (overloads === undefined) return compiler.fail(node, `unknown function '${shownName}'`)
  const codes = parameters.map((parameter) =>
    name === '.format' && parameter.op === 'list'
      ? compileMixedList(compiler, parameter.args, scope)
      : compiler.compile(parameter, scope),
  )
  const types = codes.map(({ type }) => type)
  const resolution = resolve(overloads, types)
  if (resolution === undefined) {
    return compiler.fail(node, `no such overload: ${shownName}(${types.map(formatType).join(', ')})`)
  }
  checkPattern(call, name, parameters)
  const { candidates, returns } = resolution
  const runs = codes.map(({ run }) => run)
  return {
    type: returns,
    run: (frame) =>
      invoke(
        shownName,
        candidates,
        runs.map((run) => run(frame)),
        frame.budget,
      ),
  }
}

/** Refuses a written-out regular expression that is none, and compiles it once. */
function checkPattern({ compiler }: Call, name: string, parameters: readonly ASTNode[]): void {
  const pattern = parameters[patternParameter.get(name) ?? -1]
  if (pattern === undefined || pattern.op !== 'value' || typeof pattern.args !== 'string') return
  try {
    compiler.patterns.get(pattern.args)
  } catch (error) {
    compiler.fail(pattern, error instanceof CelError ? error.message : 'invalid regular expression')
  }
}
