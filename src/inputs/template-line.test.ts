import { describe, expect, it } from 'vitest'
import { templateLines, templatePosition } from './template-line.ts'

const template = `{{- if .Values.enabled }}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ .Release.Name }}
  annotations:
    # the class
    "a.b/c": {{ .Values.class }}
spec:
  accessModes:
    - ReadWriteOnce
  resources:
    {{- toYaml .Values.resources | nindent 4 }}
{{- end }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      name: inner
    spec:
      initContainers:
      - name: first
        image: {{ .Values.image }}
        command: [sh]
      containers:
      - name: second
        image: {{ .Values.image }}
        command: [sh]
      - --odd
      other:
        fsGroup: 1
      securityContext:
        fsGroup: {{ .Values.group }}
`

const lines = templateLines(template)

describe('templatePosition', () => {
  it.each<[string, { line: string; pointer: string; kind: string }, { line: number; column: number }]>([
    [
      'the one line with the same text',
      { line: '    - ReadWriteOnce', pointer: '/spec/accessModes/0', kind: 'PersistentVolumeClaim' },
      { line: 11, column: 7 },
    ],
    [
      'of two lines with the same text the one below the same keys',
      { line: '        command: [sh]', pointer: '/spec/template/spec/containers/0/command', kind: 'Deployment' },
      { line: 32, column: 9 },
    ],
    [
      'the line with the key, in the document of the kind',
      { line: '  name: release-name', pointer: '/metadata/name', kind: 'PersistentVolumeClaim' },
      { line: 5, column: 3 },
    ],
    [
      'of two lines with the key the one below the same keys',
      { line: '      image: app:1', pointer: '/spec/template/spec/initContainers/0/image', kind: 'Deployment' },
      { line: 27, column: 9 },
    ],
    [
      'a key in quotes',
      { line: '    a.b/c: gold', pointer: '/metadata/annotations/a.b~1c', kind: 'PersistentVolumeClaim' },
      { line: 8, column: 5 },
    ],
    [
      'the nearest key above what values give',
      { line: '      storage: 1Gi', pointer: '/spec/resources/requests/storage', kind: 'PersistentVolumeClaim' },
      { line: 12, column: 3 },
    ],
    [
      'the list, where its item comes from values',
      { line: '        - other: 1', pointer: '/spec/template/spec/containers/7/image', kind: 'Deployment' },
      { line: 29, column: 7 },
    ],
    [
      'the list, where the line of the key says something else',
      { line: '        name: third', pointer: '/spec/template/spec/containers/1/name', kind: 'Deployment' },
      { line: 29, column: 7 },
    ],
    [
      'of two keys the one that is filled in',
      { line: '        fsGroup: 5', pointer: '/spec/template/spec/securityContext/fsGroup', kind: 'Deployment' },
      { line: 37, column: 9 },
    ],
    [
      'what something is missing from',
      { line: 'spec:', pointer: '/spec/command', kind: 'Deployment' },
      { line: 20, column: 1 },
    ],
    ['an object', { line: 'apiVersion: apps/v1', pointer: '', kind: 'Deployment' }, { line: 16, column: 1 }],
    [
      'the kind where nothing else is there',
      { line: 'x: y', pointer: '/x', kind: 'Deployment' },
      { line: 17, column: 1 },
    ],
  ])('finds %s', (_name, place, expected) => {
    expect(templatePosition(lines, place)).toMatchObject(expected)
  })

  it('gives the first line of what is only a template', () => {
    const place = { line: 'kind: Pod', pointer: '/kind', kind: 'Pod' }
    expect(templatePosition(templateLines('{{ include "all" . }}\n'), place)).toEqual({ line: 1, column: 1 })
    expect(templatePosition(templateLines(''), place)).toEqual({ line: 1, column: 1 })
  })

  it('takes odd lines for what they are', () => {
    expect(templateLines('-\n- --flag: x\n:\n').map(({ column, key }) => ({ column, key }))).toEqual([
      { column: 1, key: undefined },
      { column: 3, key: '--flag' },
      { column: 1, key: undefined },
    ])
  })
})
