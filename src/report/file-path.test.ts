import { expect, test } from 'vitest'
import { fileUri, repositoryPath } from './file-path.ts'

test.each([
  ['deploy/db.yaml', 'deploy/db.yaml', 'deploy/db.yaml'],
  ['./deploy/db.yaml', 'deploy/db.yaml', 'deploy/db.yaml'],
  ['././/deploy/./db.yaml', 'deploy/./db.yaml', 'deploy/./db.yaml'],
  ['../db.yaml', '../db.yaml', '../db.yaml'],
  ['/srv/a b.yaml', '/srv/a b.yaml', 'file:///srv/a%20b.yaml'],
  ['a b/100%/#1/c?d.yaml', 'a b/100%/#1/c?d.yaml', 'a%20b/100%25/%231/c%3Fd.yaml'],
  ['größe/🐘.yaml', 'größe/🐘.yaml', 'gr%C3%B6%C3%9Fe/%F0%9F%90%98.yaml'],
  ['a:b.yaml', 'a:b.yaml', 'a%3Ab.yaml'],
  ['<stdin>', '<stdin>', '%3Cstdin%3E'],
  ['a\u0007\ud800.yaml', 'a\u0007\ud800.yaml', 'a%07%EF%BF%BD.yaml'],
])('%j', (file, path, uri) => {
  expect([repositoryPath(file), fileUri(file)]).toEqual([path, uri])
})
