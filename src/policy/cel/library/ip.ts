import { Comparable } from '../compare.ts'
import { CelError } from '../error.ts'
import { type FunctionEntry, instance, type Kind, type Overload, text, unary } from '../overload.ts'
import { formatIp, type IpAddress, isWithin, parseIp } from './ip-address.ts'

/** An IP address as a CEL value. */
export class IpValue extends Comparable {
  readonly typeName = 'net.IP'
  readonly address: IpAddress

  constructor(address: IpAddress) {
    super()
    this.address = address
  }

  compareWith(other: unknown): number | undefined {
    if (!(other instanceof IpValue)) return undefined
    const { bits, value } = this.address
    return bits === other.address.bits && value === other.address.value ? 0 : 1
  }
}

/** The kind of IP addresses. */
export const ipAddress: Kind<IpValue> = instance('net.IP', IpValue)

type Network = readonly [network: IpAddress | undefined, prefixLength: number]

const unspecified: readonly Network[] = [
  [parseIp('0.0.0.0'), 32],
  [parseIp('::'), 128],
]
const loopback: readonly Network[] = [
  [parseIp('127.0.0.0'), 8],
  [parseIp('::1'), 128],
]
const linkLocal: readonly Network[] = [
  [parseIp('169.254.0.0'), 16],
  [parseIp('fe80::'), 10],
]
const linkLocalMulticast: readonly Network[] = [
  [parseIp('224.0.0.0'), 24],
  [parseIp('ff02::'), 16],
]
const notGlobal: readonly Network[] = [
  ...unspecified,
  ...loopback,
  ...linkLocal,
  [parseIp('224.0.0.0'), 4],
  [parseIp('255.255.255.255'), 32],
  [parseIp('ff00::'), 8],
]

/** Kubernetes' IP address functions. */
export const ipFunctions: readonly FunctionEntry[] = [
  ['isIP', unary(text, 'bool', (value) => parseIp(value) !== undefined)],
  ['ip', unary(text, 'net.IP', (value) => new IpValue(demandIp(value)))],
  ['ip.isCanonical', unary(text, 'bool', (value) => formatIp(demandIp(value)) === value)],
  ['string', unary(ipAddress, 'string', ({ address }) => formatIp(address))],
  ['.family', unary(ipAddress, 'int', ({ address }) => (address.bits === 32 ? 4 : 6))],
  ['.isUnspecified', among(unspecified)],
  ['.isLoopback', among(loopback)],
  ['.isLinkLocalUnicast', among(linkLocal)],
  ['.isLinkLocalMulticast', among(linkLocalMulticast)],
  ['.isGlobalUnicast', unary(ipAddress, 'bool', ({ address }) => !isAmong(address, notGlobal))],
]

/** Reads an address; throws {@link CelError} where the text is none. */
export function demandIp(value: string): IpAddress {
  const address = parseIp(value)
  if (address === undefined) throw new CelError('ip(): the text is no IP address')
  return address
}

function among(networks: readonly Network[]): Overload {
  return unary(ipAddress, 'bool', ({ address }) => isAmong(address, networks))
}

function isAmong(address: IpAddress, networks: readonly Network[]): boolean {
  return networks.some(([network, length]) => network !== undefined && isWithin(address, network, length))
}
