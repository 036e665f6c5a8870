import type { SettingType } from '../generator/document.ts'
import { fill } from '../generator/pattern.ts'
import { settingOf } from '../generator/setting.ts'
import { signedToken } from './key-files.ts'
import { cloudTokens, developmentTokens, serviceTokens } from './token-formats.ts'

function read(table: string): readonly SettingType[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [type = '', name = '', pattern = ''] = line.split(' ')
      return {
        type,
        spread: 5,
        make: (random) => settingOf(name, pattern === '{jwt}' ? signedToken(random) : fill(pattern, random)),
      }
    })
}

const telling = [
  'ghp_{alnum:36}',
  'glpat-{alnum:20}',
  'AKIA{base32:16}',
  'sk_live_{alnum:24}',
  'SG.{alnum:22}.{alnum:43}',
  'hvs.{base64url:92}',
]

/** Tokens of vendors, each under the name that its documentation gives it. */
export const tokenTypes: readonly SettingType[] = [
  ...[cloudTokens, developmentTokens, serviceTokens].flatMap(read),
  {
    type: 'json-web-token',
    spread: 'all',
    make: (random) => settingOf(random.pick(['api/token', 'service/jwt', 'auth/id-token']), signedToken(random)),
  },
  {
    // A token that its own form gives away, under a name that says nothing.
    type: 'token-without-name',
    spread: 'all',
    make: (random) =>
      settingOf(
        random.pick(['feed/value', 'sync/parameter', 'job/extra', 'app/option']),
        fill(random.pick(telling), random),
      ),
  },
]
