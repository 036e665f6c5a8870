/**
 * A CEL map whose values are worked out when they are first read, and not at all where no rule comes to them: a policy's
 * variables (as in a ValidatingAdmissionPolicy) and its look-ups.
 */
export class Lazy<Value> extends Map<unknown, Value | undefined> {
  readonly #compute: (name: unknown) => Value | undefined

  /** @param compute the value of a name, undefined where there is none; what it throws reaches whoever reads the name. */
  constructor(compute: (name: unknown) => Value | undefined) {
    super()
    this.#compute = compute
  }

  /** The value of a name, undefined where there is none. */
  override get(name: unknown): Value | undefined {
    if (!this.has(name)) {
      // What it reads of itself on the way does not exist yet.
      this.set(name, undefined)
      try {
        this.set(name, this.#compute(name))
      } catch (error) {
        this.delete(name)
        throw error
      }
    }
    return super.get(name)
  }
}
