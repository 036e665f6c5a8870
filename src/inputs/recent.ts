/** Makes something of a key once for as long as it is among the last `size` that were asked for. */
export function recent<T>(size: number, make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const known = made.get(key)
    const value = known ?? make(key)
    made.delete(key)
    made.set(key, value)
    const [oldest] = made.keys()
    if (made.size > size && oldest !== undefined) made.delete(oldest)
    return value
  }
}
