/** The parts of a URL as Go's net/url keeps them. */
export interface Url {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
}

/**
 * Reads a URL as Kubernetes' isURL does, by Go's url.ParseRequestURI: an absolute URL or an absolute path.
 * Undefined for other texts.
 */
export function parseUrl(text: string): Url | undefined {
  if (text === '' || /[\0- \x7f]/.test(text.replaceAll(' ', ''))) return undefined
  const [beforeFragment, fragment] = cut(text, '#')
  const scheme = readScheme(beforeFragment)
  if (scheme === undefined || unescape(fragment) === undefined) return undefined
  const afterScheme = scheme === '' ? beforeFragment : beforeFragment.slice(scheme.length + 1)
  const [hierarchy, query] = cut(afterScheme, '?')
  if (!hierarchy.startsWith('/')) {
    return scheme === '' ? undefined : { scheme: scheme.toLowerCase(), host: '', path: '', query }
  }
  const hasAuthority = hierarchy.startsWith('//') && (scheme !== '' || !hierarchy.startsWith('///'))
  const slash = hasAuthority ? hierarchy.indexOf('/', 2) : 0
  const authority = hasAuthority ? hierarchy.slice(2, slash < 0 ? undefined : slash) : ''
  const rawPath = slash < 0 ? '' : hierarchy.slice(slash)
  const host = readHost(authority)
  const path = escapedPath(rawPath)
  if (host === undefined || path === undefined) return undefined
  return { scheme: scheme.toLowerCase(), host, path, query }
}

/** The query's parameters, each with its values in order; parts that cannot be decoded are left out. */
export function queryParameters(query: string): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>()
  for (const part of query.split('&')) {
    if (part === '' || part.includes(';')) continue
    const [rawKey, rawValue] = cut(part, '=')
    const key = unescape(rawKey.replaceAll('+', ' '))
    const value = unescape(rawValue.replaceAll('+', ' '))
    if (key !== undefined && value !== undefined) parameters.set(key, [...(parameters.get(key) ?? []), value])
  }
  return parameters
}

/** A host's name and port: `[::1]:80` is `::1` and `80`. */
export function splitHost(host: string): { readonly name: string; readonly port: string } {
  const match = /^(.*?)(?::([0-9]*))?$/s.exec(host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : host)
  const name = host.startsWith('[') ? host.slice(1, host.lastIndexOf(']')) : (match?.[1] ?? '')
  return { name, port: match?.[2] ?? '' }
}

function cut(text: string, separator: string): readonly [string, string] {
  const index = text.indexOf(separator)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}

function readScheme(text: string): string | undefined {
  if (text.startsWith(':')) return undefined
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1] ?? ''
}

function readHost(authority: string): string | undefined {
  const at = authority.lastIndexOf('@')
  const user = at < 0 ? '' : authority.slice(0, at)
  if (!/^[A-Za-z0-9._:~!$&'()*+,;=%@-]*$/.test(user) || unescape(user) === undefined) return undefined
  const host = authority.slice(at + 1)
  const port = host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : (/:[^:]*$/.exec(host)?.[0] ?? '')
  if (host.startsWith('[') && !host.includes(']')) return undefined
  if (!/^(?::[0-9]*)?$/.test(port)) return undefined
  // Of ASCII, a host takes these; percent signs only stand for other characters.
  if (!/^(?:[A-Za-z0-9._~!$&'()*+,;=:[\]<>"-]|[^\0-\x7f]|%[89A-Fa-f][0-9A-Fa-f])*$/.test(host)) return undefined
  return unescape(host)
}

function escapedPath(path: string): string | undefined {
  const plain = unescape(path)
  if (plain === undefined) return undefined
  if (/^[A-Za-z0-9._~$&+,/:;=@!'()*[\]%-]*$/.test(path)) return path
  return plain.replaceAll(/[^A-Za-z0-9._~$&+,/:;=@-]+/gu, percentEncoded)
}

function percentEncoded(text: string): string {
  const octets = new TextEncoder().encode(text)
  return Array.from(octets, (octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function unescape(text: string): string | undefined {
  if (!text.includes('%')) return text
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    // Octets that are no UTF-8: Go keeps them, a JavaScript text cannot.
    return text.replaceAll(/%[89A-Fa-f][0-9A-Fa-f]/g, '\ufffd')
  }
}
