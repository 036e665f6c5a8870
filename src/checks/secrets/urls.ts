import { kinds, type Report } from './kind.ts'
import { isPlaceholder } from './placeholders.ts'
import { matchAt, occurrences } from './text.ts'
import { looksLikeCredential } from './values.ts'

/** Credentials in addresses (RFC 3986): the user information before the host, and tokens in the query. */
export const urlExpressions = {
  userinfo: /:\/\/([^\s:@/"'<>`]{0,128}):([^\s@"'<>`/]{1,256})@[\w[.\-$*]/y,
  query: /\?([^\s"'<>`]{1,2000})/y,
  /** Go's MySQL driver writes `user:password@tcp(host:3306)/db`. */
  driver: /^([\w.-]{1,64}):(.{3,128})$/,
  scheme: /[A-Za-z0-9+.-]/,
  driverBoundary: /[\s"'=@]/,
  parameterEnd: /[&#]/,
  passwordParameter: /^(?:password|passwd|pwd|pass)$/i,
  tokenParameter: /^(?:access_?token|auth_?token|token|api_?key|sig|signature|secret|client_secret|key)$/i,
  documentationPassword: /^(?:pass(?:word)?|secret|pw|pwd)$/i,
  documentationUser: /^(?:user(?:name)?|login|)$/i,
  port: /^\d{1,5}$/,
} as const

/** Finds passwords and tokens in URLs and in data source names. */
export function findUrlCredentials(text: string, report: Report): void {
  for (const offset of occurrences(text, '://')) {
    const [, user = '', password = ''] = matchAt(urlExpressions.userinfo, text, offset) ?? []
    if (isUrlPassword(user, password)) {
      report({ kind: kinds.urlCredentials, offset: schemeStart(text, offset), value: password })
    }
  }
  findQueryTokens(text, report)
  for (const mark of ['@tcp(', '@unix(']) {
    for (const offset of occurrences(text, mark)) {
      const [, user = '', password = ''] = urlExpressions.driver.exec(wordBefore(text, offset)) ?? []
      if (isUrlPassword(user, password)) report({ kind: kinds.urlCredentials, offset, value: password })
    }
  }
}

function findQueryTokens(text: string, report: Report): void {
  let end = 0
  for (const offset of occurrences(text, '?')) {
    // A question mark inside a query begins no other one, and is not read again.
    if (offset < end) continue
    const query = matchAt(urlExpressions.query, text, offset)?.[1] ?? ''
    end = offset + query.length
    if (holdsToken(query)) report({ kind: kinds.urlToken, offset })
  }
}

function schemeStart(text: string, end: number): number {
  let start = end
  while (start > 0 && end - start < 30 && urlExpressions.scheme.test(text.charAt(start - 1))) start -= 1
  return start
}

function wordBefore(text: string, end: number): string {
  let start = end
  while (start > 0 && end - start < 200 && !urlExpressions.driverBoundary.test(text.charAt(start - 1))) start -= 1
  return text.slice(start, end)
}

function isUrlPassword(user: string, password: string): boolean {
  if (password === '') return false
  // `user:password@` is how documentation writes it; `admin:password@` is a login.
  if (urlExpressions.documentationPassword.test(password)) return !urlExpressions.documentationUser.test(user)
  if (user === '' && urlExpressions.port.test(password)) return false
  return !isPlaceholder(password)
}

function holdsToken(query: string): boolean {
  return query.split(urlExpressions.parameterEnd).some((parameter) => {
    const equals = parameter.indexOf('=')
    const name = parameter.slice(0, Math.max(equals, 0))
    const value = parameter.slice(equals + 1)
    if (isPlaceholder(value)) return false
    if (urlExpressions.passwordParameter.test(name)) return value.length >= 3
    return urlExpressions.tokenParameter.test(name) && looksLikeCredential(decodePercent(value), 12)
  })
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
