import { Comparable } from '../compare.ts'
import { CelError } from '../error.ts'
import { type FunctionEntry, instance, type Kind, text, unary } from '../overload.ts'
import { parseUrl, queryParameters, splitHost, type Url } from './url-syntax.ts'

class UrlValue extends Comparable {
  readonly typeName = 'kubernetes.URL'
  readonly url: Url
  readonly source: string

  constructor(url: Url, source: string) {
    super()
    this.url = url
    this.source = source
  }

  compareWith(other: unknown): number | undefined {
    if (!(other instanceof UrlValue)) return undefined
    return this.source === other.source ? 0 : 1
  }
}

const address: Kind<UrlValue> = instance('kubernetes.URL', UrlValue)

/** Kubernetes' URL functions. */
export const urlFunctions: readonly FunctionEntry[] = [
  [
    'isURL',
    unary(text, 'bool', (value, budget) => {
      budget.spendOn(value)
      return parseUrl(value) !== undefined
    }),
  ],
  [
    'url',
    unary(text, 'kubernetes.URL', (value, budget) => {
      budget.spendOn(value)
      const parsed = parseUrl(value)
      if (parsed === undefined) throw new CelError('url(): the text is no URL')
      return new UrlValue(parsed, value)
    }),
  ],
  ['.getScheme', unary(address, 'string', ({ url }) => url.scheme)],
  ['.getHost', unary(address, 'string', ({ url }) => url.host)],
  ['.getHostname', unary(address, 'string', ({ url }) => splitHost(url.host).name)],
  ['.getPort', unary(address, 'string', ({ url }) => splitHost(url.host).port)],
  ['.getEscapedPath', unary(address, 'string', ({ url }) => url.path)],
  ['.getQuery', unary(address, 'map<string, list<string>>', ({ url }) => queryParameters(url.query))],
]
