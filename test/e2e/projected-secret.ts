import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority, issueServerCertificate } from './controlplane/certificates.ts'
import type { TlsFiles } from './webhook.ts'

/** Files of a certificate that can be replaced. */
export interface ProjectedSecret {
  /** Its authorities are those of both certificates. */
  readonly tls: TlsFiles
  /** Puts the other certificate in place, as the kubelet does, and gives it (PEM). */
  readonly swap: () => Promise<string>
}

/** A certificate in files as the kubelet projects a Secret: the names lead through `..data` into a folder that changes. */
export async function projectSecret(folder: string): Promise<ProjectedSecret> {
  const volume = await mkdtemp(join(folder, 'secret-'))
  const pairs = await Promise.all([newPair(), newPair()])
  for (const [version, { certificate, key }] of pairs.entries()) {
    await mkdir(join(volume, `..version-${version}`))
    await writeFile(join(volume, `..version-${version}`, 'tls.crt'), certificate)
    await writeFile(join(volume, `..version-${version}`, 'tls.key'), key)
  }
  await symlink('..version-0', join(volume, '..data'))
  for (const name of ['tls.crt', 'tls.key']) await symlink(join('..data', name), join(volume, name))
  const [certFile, keyFile] = [join(volume, 'tls.crt'), join(volume, 'tls.key')]
  return {
    tls: { certFile, keyFile, caPem: pairs.map(({ authority }) => authority).join('\n') },
    async swap() {
      await symlink('..version-1', join(volume, '..data_tmp'))
      await rename(join(volume, '..data_tmp'), join(volume, '..data'))
      await rm(join(volume, '..version-0'), { recursive: true })
      return readFile(certFile, 'utf8')
    },
  }
}

async function newPair() {
  const authority = await createAuthority()
  return { ...(await issueServerCertificate(authority)), authority: authority.certificate }
}
