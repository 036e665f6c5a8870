import { asObject, asString, at, type JsonObject, member } from '../kubernetes/json.ts'
import { annotationsOf } from '../kubernetes/object.ts'
import type { CertificateState } from './certificate-plan.ts'
import { readAuthorities, readIssued } from './issued-certificate.ts'

/** What a Secret turned out to hold. */
export interface SecretContent {
  /** Undefined where it holds nothing, or nothing usable. */
  readonly state: CertificateState | undefined
  /** The authorities in it, whatever the rest is worth. */
  readonly authorities: readonly string[]
  /** Whether it holds data of somebody else. */
  readonly isForeign: boolean
}

/** Since when what is in `tls.crt` is served. It also says that the content is ours to replace. */
const servingSinceAnnotation = 'holdfast.dev/serving-since'

/** Reads the Secret; undefined stands for one that does not exist. Never throws. */
export function readSecret(secret: JsonObject | undefined, now: Date): SecretContent {
  const data = asObject(member(secret, 'data'))
  const mark = annotationsOf(secret)[servingSinceAnnotation]
  if (mark === undefined) {
    return { state: undefined, authorities: [], isForeign: Object.keys(data).length > 0 }
  }
  const authorities = readAuthorities(decoded(data, 'ca.crt'))
  const issued = (name: string) => readIssued(decoded(data, `${name}.crt`), decoded(data, `${name}.key`), authorities)
  const serving = issued('tls')
  if (serving === undefined) return { state: undefined, authorities, isForeign: false }
  const servingSince = new Date(mark)
  const state = {
    serving,
    // A time that cannot be read lets the overlap begin anew, which is the longer one.
    servingSince: Number.isNaN(servingSince.getTime()) ? now : servingSince,
    next: issued('next'),
    authorities,
  }
  return { state, authorities, isForeign: false }
}

/** The Secret with a state in it, to replace the one that was read, or to be created where there was none. */
export function writeSecret(
  previous: JsonObject | undefined,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  { serving, servingSince, next, authorities }: CertificateState,
): JsonObject {
  const base = previous ?? { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: { name, namespace } }
  const metadata = asObject(base['metadata'])
  return {
    ...base,
    metadata: {
      ...metadata,
      annotations: { ...asObject(metadata['annotations']), [servingSinceAnnotation]: servingSince.toISOString() },
    },
    data: {
      'tls.crt': encoded(serving.cert),
      'tls.key': encoded(serving.key),
      'ca.crt': encoded(authorities.join('')),
      ...(next && { 'next.crt': encoded(next.cert), 'next.key': encoded(next.key) }),
    },
  }
}

function decoded(data: JsonObject, key: string): string {
  return Buffer.from(asString(at(data, key)) ?? '', 'base64').toString()
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}
