import type { ASTNode } from '@marcbachmann/cel-js'
import { accessType, compileField, compileIndex, compileOptionalField } from './access.ts'
import { compileFunction, compileMethod } from './call.ts'
import { type CelType, formatType, simpleType } from './cel-type.ts'
import type { Code, Compiler, Scope } from './code.ts'
import { errorAt } from './error.ts'
import { compileList, compileLiteral, compileMap } from './literals.ts'
import { compileLogic, compileNot, compileTernary } from './logic.ts'
import { compileName, compileTypeName } from './names.ts'
import { compileBinary, compileNegation } from './operators.ts'
import type { PatternCache } from './pattern-cache.ts'

const deepest = 250
const fieldName = simpleType('string')

/** Checks the types of an expression and turns it into functions, node by node. */
export class ExpressionCompiler implements Compiler {
  readonly variables: ReadonlySet<string>
  readonly patterns: PatternCache
  readonly #source: string
  #depth = 0
  #slots = 0

  constructor(source: string, variables: ReadonlySet<string>, patterns: PatternCache) {
    this.#source = source
    this.variables = variables
    this.patterns = patterns
  }

  compile(node: ASTNode, scope: Scope | undefined): Code {
    if (this.#depth >= deepest) this.fail(node, `the expression is nested more than ${deepest} levels deep`)
    this.#depth += 1
    const code = this.#compileNode(node, scope)
    this.#depth -= 1
    return code
  }

  bind(name: ASTNode, type: CelType, outer: Scope | undefined): Scope {
    if (name.op !== 'id') return this.fail(name, 'a macro binds a plain name')
    this.#slots += 1
    return { name: name.args, type, slot: this.#slots - 1, outer }
  }

  fail(node: ASTNode, message: string): never {
    throw errorAt(this.#source, node.pos, message)
  }

  #compileNode(node: ASTNode, scope: Scope | undefined): Code {
    switch (node.op) {
      case 'value':
        return compileLiteral(this, node, node.args)
      case 'id':
        return compileName(this, node, node.args, scope)
      case '.':
        return compileTypeName(this, node, scope) ?? this.#compileField(node, node.args, scope)
      case '.?':
        return this.#compileField(node, node.args, scope)
      case '[]':
      case '[?]':
        return this.#compileIndex(node, node.args, scope)
      case 'list':
        return compileList(this, node.args, scope)
      case 'map':
        return compileMap(this, node.args, scope)
      case 'call':
        return compileFunction({ compiler: this, node, scope }, ...node.args)
      case 'rcall':
        return compileMethod({ compiler: this, node, scope }, ...node.args)
      case '!_':
      case '-_':
        return this.#compileUnary(node, node.args, scope)
      case '?:':
        return this.#compileTernary(node, node.args, scope)
      case '&&':
      case '||':
        return this.#compileBinary(node, compileLogic.bind(undefined, node.op), node.args, scope)
      case '!=':
      case '==':
      case 'in':
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.#compileBinary(node, compileBinary.bind(undefined, node.op), node.args, scope)
      default:
        return node satisfies never
    }
  }

  #compileField(node: ASTNode, [owner, field]: readonly [ASTNode, string], scope: Scope | undefined): Code {
    const value = this.compile(owner, scope)
    const isOptional = node.op === '.?'
    const type = this.#accessType(node, value.type, fieldName, isOptional)
    return isOptional ? compileOptionalField(value, field, type) : compileField(value, field, type)
  }

  #compileIndex(node: ASTNode, [owner, index]: readonly [ASTNode, ASTNode], scope: Scope | undefined): Code {
    const value = this.compile(owner, scope)
    const key = this.compile(index, scope)
    const isOptional = node.op === '[?]'
    return compileIndex(value, key, this.#accessType(node, value.type, key.type, isOptional), isOptional)
  }

  #accessType(node: ASTNode, value: CelType, key: CelType, isOptional: boolean): CelType {
    const type = accessType(value, key, isOptional)
    return typeof type === 'string' ? this.fail(node, type) : type
  }

  #compileUnary(node: ASTNode, operand: ASTNode, scope: Scope | undefined): Code {
    // The smallest int is the negation of a literal that is no int itself.
    if (node.op === '-_' && operand.op === 'value' && typeof operand.args === 'bigint') {
      return compileLiteral(this, node, -operand.args)
    }
    const code = this.compile(operand, scope)
    const compiled = node.op === '!_' ? compileNot(code) : compileNegation(code)
    return compiled ?? this.fail(node, `no such overload: ${node.op.charAt(0)}${formatType(code.type)}`)
  }

  #compileTernary(node: ASTNode, parts: readonly [ASTNode, ASTNode, ASTNode], scope: Scope | undefined): Code {
    const [condition, yes, no] = parts
    const codes = [this.compile(condition, scope), this.compile(yes, scope), this.compile(no, scope)] as const
    const types = codes.map(({ type }) => formatType(type)).join(', ')
    return compileTernary(...codes) ?? this.fail(node, `no such overload: ?:(${types})`)
  }

  #compileBinary(
    node: ASTNode,
    combine: (left: Code, right: Code) => Code | undefined,
    [leftNode, rightNode]: readonly [ASTNode, ASTNode],
    scope: Scope | undefined,
  ): Code {
    const left = this.compile(leftNode, scope)
    const right = this.compile(rightNode, scope)
    const mismatch = `no such overload: ${formatType(left.type)} ${node.op} ${formatType(right.type)}`
    return combine(left, right) ?? this.fail(node, mismatch)
  }
}
