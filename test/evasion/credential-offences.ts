import { type Arbitrary, constantFrom, tuple } from 'fast-check'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { inContainers, listed } from './container-offences.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted } from './planted.ts'
import { lasting } from './pods.ts'
import { passwords, passwordVariables, placeholders } from './spellings.ts'

const rule = 'credential'

/** Where a literal may stand in what a container is started with, and where that is. */
type Hiding = (value: string) => Planted

const literals: readonly Hiding[] = [
  (value) => planted({ command: ['orders', `--db-password=${value}`] }, rule, '/command/1'),
  (value) => planted({ command: ['orders'], args: ['--port', '1', '--password', value] }, rule, '/args/3'),
  (value) => planted({ command: ['orders', '--password'], args: [value] }, rule, '/args/0'),
  (value) => planted({ args: ['sh', '-c', `export DB_PASSWORD=${value}; exec orders`] }, rule, '/args/2'),
  (value) => planted({ command: ['/bin/sh', '-ec', `PGPASSWORD='${value}' psql -h db`] }, rule, '/command/2'),
]

/** In the header of a probe: base64, as HTTP has it. */
const header: Hiding = (value) =>
  planted(
    {
      startupProbe: {
        httpGet: {
          path: '/',
          port: 80,
          httpHeaders: [
            { name: 'Host', value: 'orders' },
            { name: 'Authorization', value: `Basic ${Buffer.from(`probe:${value}`).toString('base64')}` },
          ],
        },
      },
    },
    rule,
    '/startupProbe/httpGet/httpHeaders/1/value',
  )

const handlers: readonly Hiding[] = [
  (value) =>
    planted(
      { livenessProbe: { exec: { command: ['mysqladmin', 'ping', `-p${value}`] } } },
      rule,
      '/livenessProbe/exec/command/2',
    ),
  (value) =>
    planted(
      { readinessProbe: { exec: { command: ['redis-cli', '-a', value, 'ping'] } } },
      rule,
      '/readinessProbe/exec/command/2',
    ),
  (value) =>
    planted(
      { lifecycle: { postStart: { exec: { command: ['sh', '-c', `curl -u admin:${value} http://db/`] } } } },
      rule,
      '/lifecycle/postStart/exec/command/2',
    ),
  (value) =>
    planted(
      { lifecycle: { preStop: { exec: { command: ['stop', '--password', value] } } } },
      rule,
      '/lifecycle/preStop/exec/command/2',
    ),
]

const inVariables: readonly ((name: string, value: string) => JsonObject)[] = [
  (name, value) => ({ name, value }),
  (_name, value) => ({ name: 'JAVA_TOOL_OPTIONS', value: `-Xmx1g -Ddb.password=${value}` }),
  (_name, value) => ({ name: 'DATABASE_URL', value: `postgres://orders:${value}@db.shop:5432/orders` }),
  (name, value) => ({ name: 'SETTINGS', value: JSON.stringify({ [name]: value }) }),
  (name, value) => ({ name: 'SETTINGS', value: Buffer.from(`${name}=${value}\n`).toString('base64') }),
]

const variables = listed(
  'env',
  tuple(passwordVariables, passwords, constantFrom(...inVariables)).map(([name, value, write]) =>
    planted(write(name, value), rule, '/value'),
  ),
)

function hidden(hidings: readonly Hiding[], values: Arbitrary<string>): Arbitrary<Planted> {
  return tuple(constantFrom(...hidings), values).map(([hide, value]) => hide(value))
}

const innocentWords = constantFrom<JsonObject>(
  { command: ['orders'], args: ['--password-file', '/run/secrets/db/password'] },
  { args: ['--password=$(DB_PASSWORD)'] },
  { command: ['sh', '-c', 'exec orders --password "$DB_PASSWORD"'] },
  { env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] },
  { env: [{ name: 'DATABASE_URL', value: 'postgres://orders@db.shop:5432/orders' }] },
)

/** Passwords that stand in containers. */
export const credentialOffences: readonly Offence[] = [
  {
    policy: 'env-no-secrets',
    what: 'a password in an environment variable',
    bad: inContainers(variables),
    good: inContainers(
      listed(
        'env',
        tuple(passwordVariables, placeholders).map(([name, value]) => harmless({ name, value })),
      ),
    ),
  },
  {
    policy: 'env-no-secrets',
    what: 'a password in a command',
    bad: inContainers(hidden(literals, passwords)),
    good: inContainers(innocentWords.map(harmless)),
  },
  {
    policy: 'env-no-secrets',
    what: 'a password in a probe or a hook',
    bad: inContainers(hidden([...handlers, header], passwords), lasting),
    good: inContainers(
      hidden(handlers, constantFrom('$(DB_PASSWORD)', '${DB_PASSWORD}')).map(({ part }) => harmless(part)),
      lasting,
    ),
  },
]
