import { describe, expect, test } from 'vitest'
import { scanEntries } from '../scan.ts'
import { tokenFormats } from './all.ts'

// No token here is written out in one piece: scanners of this repository would take it for a real one.
const random = (length: number): string => 'q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gs'.repeat(8).slice(0, length)
const hex = (length: number): string => '9f3a61c07be84d25'.repeat(8).slice(0, length)
const upper = (length: number): string => random(length).toUpperCase()
const lower = (length: number): string => random(length).toLowerCase()
const uuid = '9f3a61c0-7be8-4d25-9f3a-61c07be84d25'

const tokens: readonly (readonly [kind: string, prefix: string, rest: string])[] = [
  ['github-token', 'ghp_', random(36)],
  ['gitlab-token', 'glpat-', random(20)],
  ['npm-token', 'npm_', random(36)],
  ['slack-session-token', 'xoxc-', random(30)],
  ['discord-bot-token', 'MT', `${random(22)}.${random(6)}.${random(38)}`],
  ['twilio-key', 'SK', hex(32)],
  ['mailchimp-key', hex(32), '-us21'],
  ['mandrill-key', 'md-', random(22)],
  ['resend-key', 're_', `${random(8)}_${random(24)}`],
  ['clickup-token', 'pk_', `12345678_${upper(32)}`],
  ['hubspot-token', 'pat-', `na1-${uuid}`],
  ['asana-token', '1/', `1204567890123456:${hex(32)}`],
  ['mapbox-secret-token', 'sk.eyJ', `${random(60)}.${random(22)}`],
  ['maxmind-key', random(6), `_${random(29)}_mmk`],
  ['rapidapi-key', hex(10), `msh${hex(15)}p1${hex(6)}jsn${hex(12)}`],
  ['azure-devops-token', random(76), 'AZDO4aB2'],
  ['azure-search-key', random(42), 'AzSeB4aB2c'],
  ['openshift-token', 'sha256~', random(43)],
  ['rancher-token', 'token-', `ab1cd:${lower(54)}`],
  ['k3s-token', 'K10', `${hex(64)}::server:x`],
  ['aiven-password', 'AVNS_', random(19)],
  ['cockroach-key', 'CCDB1_', `${random(22)}_${random(40)}`],
  ['pinecone-key', 'pcsk_', `${random(6)}_${random(63)}`],
  ['circleci-token', 'CCIPAT_', `${random(22)}_${hex(40)}`],
  ['harness-token', 'pat.', `${random(22)}.${random(24)}.${random(20)}`],
  ['launchdarkly-key', 'sdk-', uuid],
  ['infisical-token', 'st.', `${hex(24)}.${hex(32)}.${hex(32)}`],
  ['bitwarden-token', '0.', `${uuid}.${random(30)}:x`],
  ['live-key', 'live_', random(30)],
  ['plaid-token', 'access-production-', uuid],
  ['mercadopago-token', 'APP_USR-', `1234567812345678-102030-${hex(32)}-1`],
  ['newrelic-license-key', hex(36), 'NRAL'],
  ['axiom-token', 'xaat-', uuid],
  ['inngest-key', 'signkey-prod-', hex(64)],
  ['langsmith-key', 'lsv2_pt_', `${hex(32)}_${hex(10)}`],
  ['cerebras-key', 'csk-', lower(48)],
  ['elevenlabs-key', 'sk_', hex(48)],
  ['model-key', 'sk-', hex(32)],
  ['tavily-key', 'tvly-', random(32)],
]

const lookalikes: readonly string[] = [
  'sk-circle-fade-dot',
  'test_that_the_server_answers_at_once',
  'live_and_let_live_and_let_live_again',
  'secret-manager-service-account-name-of-the-shop',
  'token-reviewer',
  'pat.conf',
  'MTU=1500',
  `image@sha256:${hex(64)}`,
  'https://example.com/hooks/pre-receive',
  'api-gateway-service-orders-v1',
]

describe('the token formats', () => {
  test.each(tokens)('have %s', (kind, prefix, rest) => {
    const value = `value ${prefix}${rest} end`
    expect(scanEntries([{ path: '/data/a', key: 'a', value }]).map((match) => match.kind)).toContain(kind)
  })

  test.each(lookalikes)('do not have %s', (value) => {
    const known = new Set(tokenFormats.map((format) => format.kind.id))
    const matches = scanEntries([{ path: '/data/a', key: 'a', value: `value ${value} end` }])
    expect(matches.filter((match) => known.has(match.kind))).toEqual([])
  })

  test('have an id of their own each, a source, and prefixes of two characters or more', () => {
    const ids = tokenFormats.map((format) => format.kind.id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    for (const { source, prefixes } of tokenFormats) {
      expect(source).toMatch(/^https?:\/\/|rule /)
      for (const prefix of prefixes) expect(prefix.length).toBeGreaterThan(1)
    }
  })
})
