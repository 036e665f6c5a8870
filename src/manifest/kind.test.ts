import { expect, test } from 'vitest'
import { readManifests } from './read.ts'

const problems = (text: string): readonly string[] =>
  readManifests(text, { file: 'f.yaml' }).problems.map(
    ({ line, column, kind, message }) => `${line}:${column} ${kind} ${message}`,
  )

test.each<[string, string, string]>([
  ['a kind that is a number', 'apiVersion: v1\nkind: 1', '2:1 unknown-kind has no text as its kind; write one kind'],
  [
    'a list of kinds',
    'apiVersion: v1\nkind: [Pod | Deployment]',
    '2:1 unknown-kind has a list as its kind; write one kind',
  ],
  [
    'a placeholder as the kind',
    'apiVersion: v1\nkind: <Kind>',
    '2:1 unknown-kind has a kind that cannot be the name of one (a placeholder?); write one kind',
  ],
  [
    'several kinds in one text',
    'apiVersion: apps/v1\nkind: Deployment | StatefulSet',
    '2:1 unknown-kind has a kind that cannot be the name of one (a placeholder?); write one kind',
  ],
  [
    'a misspelt kind',
    'apiVersion: v1\nkind: PersistantVolumeClaim',
    '2:1 unknown-kind has the kind "PersistantVolumeClaim", which Kubernetes does not know; did you mean "PersistentVolumeClaim"?',
  ],
  [
    'a misspelt kind in a List',
    `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: apps/v1, kind: deployment}\n`,
    '4:25 unknown-kind has the kind "deployment", which Kubernetes does not know; did you mean "Deployment"?',
  ],
])('%s', (_, text, expected) => expect(problems(text)).toEqual([expected]))

test.each(['${KIND}', "'{{ kind }}'", 'Widget', 'List', 'Config', 'Service'])('kind: %s may be right', (kind) => {
  expect(problems(`apiVersion: v1\nkind: ${kind}\n`)).toEqual([])
})

test('a name that no kind can have is not shown', () => {
  expect(problems('apiVersion: example.com/v1\nkind: "hunter2 hunter2"\n').join()).toMatch(
    /^2:1 unknown-kind (?!.*hunter2)/,
  )
})
