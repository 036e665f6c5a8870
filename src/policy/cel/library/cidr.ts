import { Comparable } from '../compare.ts'
import { CelError } from '../error.ts'
import { binary, type FunctionEntry, instance, type Kind, text, unary } from '../overload.ts'
import { demandIp, ipAddress, IpValue } from './ip.ts'
import { formatIp, type IpAddress, isWithin, masked, parseIp } from './ip-address.ts'

interface Network {
  readonly address: IpAddress
  readonly prefixLength: number
}

class CidrValue extends Comparable {
  readonly typeName = 'net.CIDR'
  readonly network: Network

  constructor(network: Network) {
    super()
    this.network = network
  }

  compareWith(other: unknown): number | undefined {
    if (!(other instanceof CidrValue)) return undefined
    return formatCidr(this.network) === formatCidr(other.network) ? 0 : 1
  }
}

const cidr: Kind<CidrValue> = instance('net.CIDR', CidrValue)

/** Kubernetes' CIDR functions. */
export const cidrFunctions: readonly FunctionEntry[] = [
  ['isCIDR', unary(text, 'bool', (value) => parseCidr(value) !== undefined)],
  ['cidr', unary(text, 'net.CIDR', (value) => new CidrValue(demandCidr(value)))],
  ['string', unary(cidr, 'string', ({ network }) => formatCidr(network))],
  [
    '.containsIP',
    binary(cidr, ipAddress, 'bool', ({ network }, { address }) => containsIp(network, address)),
    binary(cidr, text, 'bool', ({ network }, value) => containsIp(network, demandIp(value))),
  ],
  [
    '.containsCIDR',
    binary(cidr, cidr, 'bool', ({ network }, other) => containsCidr(network, other.network)),
    binary(cidr, text, 'bool', ({ network }, value) => containsCidr(network, demandCidr(value))),
  ],
  ['.ip', unary(cidr, 'net.IP', ({ network }) => new IpValue(network.address))],
  [
    '.masked',
    unary(cidr, 'net.CIDR', ({ network: { address, prefixLength } }) => {
      return new CidrValue({ address: masked(address, prefixLength), prefixLength })
    }),
  ],
  ['.prefixLength', unary(cidr, 'int', ({ network }) => network.prefixLength)],
]

function parseCidr(value: string): Network | undefined {
  const slash = value.lastIndexOf('/')
  const address = slash < 0 ? undefined : parseIp(value.slice(0, slash))
  const length = value.slice(slash + 1)
  if (address === undefined || !/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return undefined
  return Number(length) <= address.bits ? { address, prefixLength: Number(length) } : undefined
}

function demandCidr(value: string): Network {
  const network = parseCidr(value)
  if (network === undefined) throw new CelError('cidr(): the text is no CIDR')
  return network
}

function formatCidr({ address, prefixLength }: Network): string {
  return `${formatIp(address)}/${prefixLength}`
}

function containsIp({ address, prefixLength }: Network, other: IpAddress): boolean {
  return isWithin(other, address, prefixLength)
}

function containsCidr(network: Network, other: Network): boolean {
  return other.prefixLength >= network.prefixLength && containsIp(network, other.address)
}
