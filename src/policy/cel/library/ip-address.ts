/** An IP address as a number of 32 or 128 bits. */
export interface IpAddress {
  readonly bits: 32 | 128
  readonly value: bigint
}

/** Reads an address as Go's netip.ParseAddr does for Kubernetes: no zone, no leading zeros, no IPv4-mapped IPv6. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.length > 45) return undefined
  const address = text.includes(':') ? parseVersion6(text) : parseVersion4(text)
  const isMapped = address?.bits === 128 && address.value >> 32n === 0xffffn
  return isMapped ? undefined : address
}

function parseVersion4(text: string): IpAddress | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined
  }
  return { bits: 32, value: parts.reduce((value, part) => value * 256n + BigInt(part), 0n) }
}

function parseVersion6(text: string): IpAddress | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1))
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const known = head.length + (tail?.length ?? 0)
  if (halves.length === 1 ? known !== 8 : known > 7) return undefined
  const groups = [...head, ...Array.from({ length: 8 - known }, () => 0n), ...(tail ?? [])]
  return { bits: 128, value: groups.reduce((value, group) => value * 65_536n + group, 0n) }
}

function parseGroups(text: string, isLast: boolean): readonly bigint[] | undefined {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const embedded = isLast && index === parts.length - 1 && part.includes('.') ? parseVersion4(part) : undefined
    if (embedded !== undefined) groups.push(embedded.value >> 16n, embedded.value & 0xffffn)
    else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}

/** Writes an address in its canonical form (RFC 5952). */
export function formatIp({ bits, value }: IpAddress): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - index * 16)) & 0xffffn)
  const { start, length } = longestZeros(groups)
  const written = groups.map((group) => group.toString(16))
  if (length < 2) return written.join(':')
  return `${written.slice(0, start).join(':')}::${written.slice(start + length).join(':')}`
}

function longestZeros(groups: readonly bigint[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start += 1) {
    let end = start
    while (groups[end] === 0n) end += 1
    if (end - start > best.length) best = { start, length: end - start }
  }
  return best
}

/** Whether an address starts with the bits of a network's prefix. */
export function isWithin(address: IpAddress, network: IpAddress, prefixLength: number): boolean {
  const shift = BigInt(network.bits - prefixLength)
  return address.bits === network.bits && address.value >> shift === network.value >> shift
}

/** The first address of a network: the bits after the prefix are zero. */
export function masked(address: IpAddress, prefixLength: number): IpAddress {
  const shift = BigInt(address.bits - prefixLength)
  return { bits: address.bits, value: (address.value >> shift) << shift }
}
