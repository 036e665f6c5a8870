import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageMatchesAny, parseImage, referenceMatches } from './image.ts'

const digest = `sha256:${'a'.repeat(64)}`

describe('parseImage', () => {
  it.each<[string, string, string, string | undefined, string | undefined]>([
    ['postgres', 'docker.io', 'library/postgres', undefined, undefined],
    ['postgres:16.4-alpine', 'docker.io', 'library/postgres', '16.4-alpine', undefined],
    ['docker.io/postgres', 'docker.io', 'library/postgres', undefined, undefined],
    ['index.docker.io/postgres', 'docker.io', 'library/postgres', undefined, undefined],
    ['bitnami/postgresql:16', 'docker.io', 'bitnami/postgresql', '16', undefined],
    ['localhost/db', 'localhost', 'db', undefined, undefined],
    ['localhost:5000/db:1', 'localhost:5000', 'db', '1', undefined],
    ['registry.example.com:5000/team/db', 'registry.example.com:5000', 'team/db', undefined, undefined],
    ['registry.example.com:5000/team/db:1.2', 'registry.example.com:5000', 'team/db', '1.2', undefined],
    ['Registry.Example.com/team/db', 'registry.example.com', 'team/db', undefined, undefined],
    ['[2001:db8::1]:5000/db', '[2001:db8::1]:5000', 'db', undefined, undefined],
    [`db@${digest}`, 'docker.io', 'library/db', undefined, digest],
    [`quay.io/a/b/c:v1@${digest}`, 'quay.io', 'a/b/c', 'v1', digest],
    ['a/b__c-d.e--f', 'docker.io', 'a/b__c-d.e--f', undefined, undefined],
    // Without a slash a colon begins a tag, never a port.
    ['localhost:5000', 'docker.io', 'library/localhost', '5000', undefined],
  ])('%s', (text, registry, repository, tag, found) => {
    expect(parseImage(text)).toEqual({ registry, repository, tag, digest: found })
  })

  it.each([
    '',
    ':16',
    'Postgres',
    'team/Postgres',
    'a//b',
    '/postgres',
    'postgres/',
    'a___b',
    'a._b',
    '-a',
    'a-',
    'a:',
    'a:b:c',
    'a:-tag',
    `a:${'t'.repeat(129)}`,
    'a@sha256:123',
    'a@b@c',
    'f'.repeat(64),
    `a/${'b'.repeat(254)}`,
    '-host.example.com/db',
    'host..example.com/db',
    '$(IMAGE)',
    '{{ .Values.image }}',
    'post gres',
    'postgres\n',
  ])('is no image: %j', (text) => {
    expect(parseImage(text)).toBeUndefined()
  })

  it('reads any text without throwing, and what it read it reads again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9./:@_-]{0,40}$/), (text) => {
        const image = parseImage(text)
        // A host without a dot is one only by its upper case.
        if (image === undefined || /^[^/.:]*[A-Z][^/.:]*\//.test(text)) return
        const full = `${image.registry}/${image.repository}`
        expect(parseImage(full)).toEqual({ ...image, tag: undefined, digest: undefined })
      }),
    )
  })
})

const matches = (image: string, pattern: string): boolean => {
  const reference = parseImage(image)
  return reference !== undefined && referenceMatches(reference, pattern)
}

describe('referenceMatches', () => {
  it.each<[string, string, boolean]>([
    ['postgres', 'postgres', true],
    ['postgres:16', 'postgres', true],
    [`postgres@${digest}`, 'postgres', true],
    ['registry.example.com:5000/mirror/library/postgres:16', 'postgres', true],
    ['postgres-exporter', 'postgres', false],
    ['my-postgres', 'postgres', false],
    ['postgres/exporter', 'postgres', false],
    ['bitnami/postgresql-repmgr', 'postgresql*', true],
    ['bitnami/postgresql-repmgr', 'postgresql', false],
    ['bitnami/postgresql', 'bitnami/postgresql', true],
    ['registry.example.com/mirror/bitnami/postgresql:1', 'bitnami/postgresql', true],
    ['registry.example.com/notbitnami/postgresql', 'bitnami/postgresql', false],
    ['registry.example.com/bitnami/postgresql/exporter', 'bitnami/postgresql', false],
    ['postgresql', 'bitnami/postgresql', false],
    ['team/mysql', '*/mysql', true],
    ['mysql', '*/mysql', true],
    ['team/notmysql', '*/mysql', false],
    ['registry.example.com/db/ledger:3', 'registry.example.com/db/*', true],
    ['registry.example.com/db/team/ledger', 'registry.example.com/db/*', true],
    ['registry.example.com/dbs/ledger', 'registry.example.com/db/*', false],
    ['other.example.com/registry.example.com/db/ledger', 'registry.example.com/db/*', true],
    ['REGISTRY.example.com/db/ledger', 'Registry.Example.COM/db/*', true],
    ['registry.example.com:5000/db/ledger', 'registry.example.com:5000/db/ledger', true],
    ['registry.example.com:5000/db/ledger', 'registry.example.com/db/ledger', false],
    ['mysql', 'docker.io/library/mysql', true],
    ['16', 'postgres:16', false],
    ['not an image', '*', false],
  ])('%s against %s: %j', (image, pattern, expected) => {
    expect(matches(image, pattern)).toBe(expected)
  })
})

describe('imageMatchesAny', () => {
  const images = [
    'postgres:16',
    'Registry.example.com:5000/db/Postgres',
    'registry.example.com/db/my-sql@sha256:' + 'a'.repeat(64),
    '${X}',
    '',
  ]
  const patterns = [
    'postgres',
    'POSTGRES',
    'post*',
    'db/my-sql',
    '*/my-?ql',
    'registry.example.com/db/*',
    'example.com/db/my-sql',
    '',
    '*',
  ]
  it('says what each pattern says', () => {
    for (const image of images) {
      for (const pattern of patterns) {
        expect([image, pattern, imageMatchesAny(image, ['nothing', pattern])]).toEqual([
          image,
          pattern,
          matches(image, pattern),
        ])
      }
    }
  })
})
