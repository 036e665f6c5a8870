import { checkPrimeSync, createECDH, createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { fill } from '../generator/pattern.ts'
import type { Random } from '../generator/random.ts'

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7). */
const ed25519Header = Buffer.from('302e020100300506032b657004220420', 'hex')

/** An Ed25519 key that is made of the generator's bytes, so that the same seed makes the same key. */
export function ed25519Key(random: Random): KeyObject {
  return createPrivateKey({ key: Buffer.concat([ed25519Header, random.bytes(32)]), format: 'der', type: 'pkcs8' })
}

/** A P-256 key that is made of the generator's bytes. */
export function ellipticKey(random: Random): KeyObject {
  const curve = createECDH('prime256v1')
  // Below the order of the group, whose first byte is 0xff.
  const scalar = Buffer.concat([Buffer.from([1]), random.bytes(31)])
  curve.setPrivateKey(scalar)
  const point = curve.getPublicKey()
  const parts = { x: point.subarray(1, 33), y: point.subarray(33), d: scalar }
  return keyOf({ kty: 'EC', crv: 'P-256' }, parts)
}

/** An RSA key of 1,024 bits that is made of the generator's bytes: short, because long ones take seconds. */
export function rsaKey(random: Random): KeyObject {
  const e = 65_537n
  const [p, q] = [prime(random), prime(random)]
  const d = inverse(e, (p - 1n) * (q - 1n))
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  return keyOf(
    { kty: 'RSA' },
    Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, bytesOf(value)])),
  )
}

/** A key of its parts (RFC 7518, section 6). */
function keyOf(kind: Readonly<Record<string, string>>, parts: Readonly<Record<string, Buffer>>): KeyObject {
  const encoded = Object.entries(parts).map(([name, bytes]) => [name, bytes.toString('base64url')] as const)
  return createPrivateKey({ format: 'jwk', key: { ...kind, ...Object.fromEntries(encoded) } })
}

function prime(random: Random): bigint {
  const bytes = random.bytes(64)
  let candidate = BigInt(`0x${bytes.toString('hex')}`) | (3n << 510n) | 1n
  while ((candidate - 1n) % 65_537n === 0n || !checkPrimeSync(candidate)) candidate += 2n
  return candidate
}

/** The inverse of a number by the extended Euclidean algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [previous, current] = [modulus, value % modulus]
  let [before, factor] = [0n, 1n]
  while (current > 1n) {
    const quotient = previous / current
    ;[previous, current] = [current, previous % current]
    ;[before, factor] = [factor, before - quotient * factor]
  }
  return ((factor % modulus) + modulus) % modulus
}

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

/** A key in PEM. */
export function pem(key: KeyObject, type: 'pkcs8' | 'sec1' | 'pkcs1'): string {
  return String(key.export({ format: 'pem', type }))
}

/** Bytes between two armor lines. */
export function armored(label: string, bytes: Buffer, headers = ''): string {
  const lines = bytes
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
    .trimEnd()
  return `-----BEGIN ${label}-----\n${headers}${lines}\n-----END ${label}-----\n`
}

/** A key in the format of OpenSSH (its PROTOCOL.key), not encrypted. */
export function opensshKey(random: Random): string {
  const field = (bytes: Buffer | string): Buffer => {
    const content = Buffer.from(bytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, content])
  }
  const check = random.bytes(4)
  const [secret, shared] = [random.bytes(32), random.bytes(32)]
  const sharedPart = Buffer.concat([field('ssh-ed25519'), field(shared)])
  const secretPart = Buffer.concat([
    check,
    check,
    sharedPart,
    field(Buffer.concat([secret, shared])),
    field('deploy@ci'),
  ])
  const count = Buffer.from([0, 0, 0, 1])
  const head = Buffer.concat([Buffer.from('openssh-key-v1\0'), field('none'), field('none'), field(''), count])
  return armored('OPENSSH PRIVATE KEY', Buffer.concat([head, field(sharedPart), field(secretPart)]))
}

/** A JSON Web Token, signed with a key of its own: HS256 or EdDSA, whose signatures are the same each time. */
export function signedToken(random: Random): string {
  const isShared = random.integer(0, 1) === 0
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    iss: fill('https://login.{host}', random),
    sub: fill('{word}-{word}', random),
    iat: random.integer(1_700_000_000, 1_780_000_000),
  }
  const body = `${part({ alg: isShared ? 'HS256' : 'EdDSA', typ: 'JWT' })}.${part(claims)}`
  const signature = isShared
    ? createHmac('sha256', random.bytes(32)).update(body).digest()
    : sign(null, Buffer.from(body), ed25519Key(random))
  return `${body}.${signature.toString('base64url')}`
}
