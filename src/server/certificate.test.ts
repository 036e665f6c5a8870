import { X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type KeyPair, loadKeyPair, selfSignedCertificate, watchKeyPair } from './certificate.ts'
import type { Watch } from './watch.ts'

const now = new Date()

/** A volume as the kubelet makes it: `tls.crt` → `..data/tls.crt`, and `..data` is a link that is swapped. */
class SecretVolume {
  readonly certFile: string
  readonly keyFile: string
  readonly #directory: string
  #version = 0

  constructor(directory: string) {
    this.#directory = directory
    this.certFile = join(directory, 'tls.crt')
    this.keyFile = join(directory, 'tls.key')
  }

  async put(cert: string, key: string): Promise<void> {
    this.#version += 1
    const version = `..v${this.#version}`
    await mkdir(join(this.#directory, version))
    await writeFile(join(this.#directory, version, 'tls.crt'), cert)
    await writeFile(join(this.#directory, version, 'tls.key'), key)
    await symlink(version, join(this.#directory, '..data_tmp'))
    await rename(join(this.#directory, '..data_tmp'), join(this.#directory, '..data'))
    if (this.#version > 1) return
    await symlink('..data/tls.crt', this.certFile)
    await symlink('..data/tls.key', this.keyFile)
  }
}

let directory = ''
let volume = new SecretVolume('')
let watch: Watch | undefined
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-'))
  volume = new SecretVolume(directory)
})
afterEach(async () => {
  watch?.stop()
  await rm(directory, { recursive: true })
})

describe('selfSignedCertificate', () => {
  test('is for the names and addresses, for a year, and its own authority', async () => {
    const pair = await selfSignedCertificate(['holdfast.ns.svc', '127.0.0.1', '::1'], now)
    const certificate = new X509Certificate(pair.cert)
    expect(certificate.subjectAltName).toBe('DNS:holdfast.ns.svc, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
    expect(certificate.ca && certificate.verify(certificate.publicKey)).toBe(true)
    expect(Math.round((pair.validTo.getTime() - now.getTime()) / 86_400_000)).toBe(365)
    expect(certificate.validFromDate.getTime()).toBeLessThan(now.getTime())
  })
})

describe('loadKeyPair', () => {
  test('reads a pair with its expiry', async () => {
    const pair = await selfSignedCertificate(['a'], now)
    await volume.put(pair.cert, pair.key)
    expect(await loadKeyPair(volume.certFile, volume.keyFile)).toEqual(pair)
  })

  test('refuses what is not whole or does not belong together', async () => {
    const [one, other] = await Promise.all([selfSignedCertificate(['a'], now), selfSignedCertificate(['b'], now)])
    const problemOf = async (cert: string, key: string): Promise<unknown> => {
      await volume.put(cert, key)
      return loadKeyPair(volume.certFile, volume.keyFile).catch(String)
    }
    expect(await problemOf(one.cert, other.key)).toBe('Error: the private key does not belong to the certificate')
    expect(await problemOf(one.cert.slice(0, 200), one.key)).toBe('Error: the certificate is no valid PEM')
    expect(await problemOf(one.cert, '')).toBe('Error: the private key is no valid PEM')
  })
})

describe('watchKeyPair', () => {
  test('sees a swap, keeps the pair through problems, and tells each problem once', async () => {
    const first = await selfSignedCertificate(['a'], now)
    const second = await selfSignedCertificate(['b'], now)
    await volume.put(first.cert, first.key)
    const changes: KeyPair[] = []
    const problems: string[] = []
    watch = watchKeyPair({
      certFile: volume.certFile,
      keyFile: volume.keyFile,
      intervalMs: 5,
      current: first,
      onChange: (pair) => void changes.push(pair),
      onError: (error) => void problems.push(String(error)),
    })
    await volume.put(second.cert, first.key)
    await expect.poll(() => problems).toEqual(['Error: the private key does not belong to the certificate'])
    await new Promise((resolve) => setTimeout(resolve, 50))
    await volume.put('', first.key)
    await expect.poll(() => problems.slice(1)).toEqual(['Error: the certificate is no valid PEM'])
    expect(changes).toEqual([])
    await volume.put(second.cert, second.key)
    await expect.poll(() => changes).toEqual([second])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([changes.length, problems.length]).toEqual([1, 2])
  })

  test('the first pair is a change where none is in use; nothing comes after stop', async () => {
    const [first, second] = await Promise.all([selfSignedCertificate(['a'], now), selfSignedCertificate(['b'], now)])
    const changes: KeyPair[] = []
    const problems: unknown[] = []
    const { certFile, keyFile } = volume
    await volume.put(first.cert, first.key)
    const onChange = (pair: KeyPair): void => void changes.push(pair)
    watch = watchKeyPair({ certFile, keyFile, intervalMs: 5, onChange, onError: (error) => problems.push(error) })
    await expect.poll(() => changes).toEqual([first])
    watch.stop()
    await volume.put(second.cert, second.key)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([changes, problems]).toEqual([[first], []])
  })
})
