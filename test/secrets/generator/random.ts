import { createHash } from 'node:crypto'

/** A source of pseudo-random choices (sfc32): the same seed gives the same choices on every machine. */
export class Random {
  private readonly state: Uint32Array

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest()
    this.state = new Uint32Array([digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), 1])
    for (let round = 0; round < 12; round += 1) this.next()
  }

  /** 32 bits, as a number from 0. */
  next(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.state
    const sum = (a + b + counter) >>> 0
    this.state.set([b ^ (b >>> 9), c + (c << 3), ((c << 21) | (c >>> 11)) + sum, counter + 1])
    return sum
  }

  /** A whole number between the two, both included. */
  integer(least: number, most: number): number {
    return least + (this.next() % (most - least + 1))
  }

  /**
   * One of a list.
   *
   * @throws RangeError where the list is empty.
   */
  pick<Item>(items: readonly Item[]): Item {
    for (const item of items.slice(this.next() % Math.max(items.length, 1))) return item
    throw new RangeError('there is nothing to pick from')
  }

  /** So many different ones of a list, in another order; all of them where it is shorter. */
  several<Item>(items: readonly Item[], count: number): readonly Item[] {
    return items
      .map((item) => ({ item, rank: this.next() }))
      .toSorted((left, right) => left.rank - right.rank)
      .slice(0, count)
      .map(({ item }) => item)
  }

  /** So many characters of an alphabet. */
  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet.charAt(this.next() % alphabet.length)).join('')
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.next() & 0xff))
  }
}

/** Whether a name is among the one in `share` that a hash of it puts aside. It stays so when other names come and go. */
export function isPutAside(name: string, share: number): boolean {
  return createHash('sha256').update(name).digest().readUInt32LE(0) % share === 0
}
