import { isArray, isObject, type JsonValue } from '../kubernetes/json.ts'
import { child, type Pointer } from '../kubernetes/pointer.ts'

/** Numbers for the pointers that rules name, the same number for the same pointer. */
export class PatternNumbers {
  readonly #numbers = new Map<Pointer, number>()

  /** The number of a pointer, a new one where it has none yet. */
  of(pattern: Pointer): number {
    const number = this.#numbers.get(pattern) ?? this.#numbers.size
    this.#numbers.set(pattern, number)
    return number
  }

  /** How many there are. */
  get count(): number {
    return this.#numbers.size
  }
}

/** A pointer, its steps (`*` for any) and its number. */
export interface NumberedPattern {
  readonly number: number
  readonly steps: readonly string[]
}

/** Which pointers lead somewhere in an object, by number. */
export type Matched = Uint8Array

interface Branch {
  /** The patterns that end here. */
  readonly numbers: number[]
  readonly steps: Map<string, Branch>
}

/**
 * Tells of many pointers at once which lead somewhere in an object: one pass, whose time grows with what the object has
 * of them. Most rules are about something that most objects do not have, and are left alone after that.
 */
export class Screen {
  readonly #root: Branch = { numbers: [], steps: new Map() }
  readonly #count: number

  /** @param count how many numbers there are in all. */
  constructor(patterns: Iterable<NumberedPattern>, count: number) {
    this.#count = count
    for (const { number, steps } of patterns) {
      let branch = this.#root
      for (const step of steps) {
        let next = branch.steps.get(step)
        if (next === undefined) branch.steps.set(step, (next = { numbers: [], steps: new Map() }))
        branch = next
      }
      branch.numbers.push(number)
    }
  }

  /** The patterns that lead somewhere. */
  matches(object: JsonValue): Matched {
    const matched = new Uint8Array(this.#count)
    follow(object, this.#root, matched)
    return matched
  }
}

function follow(value: JsonValue | undefined, { numbers, steps }: Branch, matched: Matched): void {
  if (value === undefined) return
  for (const number of numbers) matched[number] = 1
  for (const [step, branch] of steps) {
    if (step !== '*') follow(child(value, step), branch, matched)
    else if (isArray(value)) for (const item of value) follow(item, branch, matched)
    else if (isObject(value)) for (const key of Object.keys(value)) follow(value[key], branch, matched)
  }
}
