import { describe, expect, test } from 'vitest'
import { checkReportOf, checkResultOf, problemOf } from '../../test/support/check-report.ts'
import type { TextEdit } from '../manifest/text-edit.ts'
import { renderMarkdown } from './comment.ts'
import type { CheckResult } from './result.ts'

const edit: TextEdit = {
  offset: 60,
  length: 4,
  text: 'gold',
  start: { line: 6, column: 21 },
  end: { line: 6, column: 25 },
}
const patch = [{ op: 'replace', path: '/spec/storageClassName', value: 'gold' }] as const
const fix = { text: 'set spec.storageClassName to "gold"', patch }

function rendered(...results: readonly Partial<CheckResult>[]): string {
  return renderMarkdown(checkReportOf({ results: results.map(checkResultOf) }))
}

describe('renderMarkdown', () => {
  test('what would be refused is open, the rest folded', () => {
    const small = { severity: 'low', policy: 'p', problem: 'm', links: [] } as const
    const results = [
      checkResultOf({ fix, edits: [edit] }),
      checkResultOf({ ...small, result: 'warn', why: 'w', note: 'n', file: 'b.yaml' }),
      checkResultOf({ ...small, action: 'audit' }),
      checkResultOf({ ...small, result: 'skip', note: 'excepted until 2027-06-30' }),
    ]
    const problems = [problemOf(), problemOf({ kind: 'template', file: 't.yaml' })]
    expect(renderMarkdown(checkReportOf({ results, problems }))).toBe(`<!-- holdfast -->
### Holdfast: 1 denied, 1 warning, 1 audited, 1 excepted, 1 problem, 1 template passed over

1 object in 1 file. 1 can be repaired: \`holdfast fix --diff\` shows how.

#### Cannot be judged

- \`claim.yaml:9:2\`\\
  cannot be read as YAML; correct it.

#### 1 denied

**\`claim.yaml\`**

- \`claim.yaml:6:3\` **deny** high [claim-storage-class](https://example.com/classes)\\
  PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; it must be "gold".\\
  **Fix:** set spec.storageClassName to "gold"

  \`\`\`diff
  -  storageClassName: fast
  +  storageClassName: gold
  \`\`\`

<details>
<summary>1 warning</summary>

**\`b.yaml\`**

- \`b.yaml:6:3\` **warn** low p\\
  PersistentVolumeClaim shop/db: m.\\
  **Why:** w\\
  **Note:** n\\
  **Fix:** set spec.storageClassName to "gold"

</details>

<details>
<summary>1 audited</summary>

**\`claim.yaml\`**

- \`claim.yaml:6:3\` **note** low p\\
  PersistentVolumeClaim shop/db: m.\\
  **Fix:** set spec.storageClassName to "gold"

</details>

<details>
<summary>1 excepted</summary>

**\`claim.yaml\`**

- \`claim.yaml:6:3\` **skip** low p\\
  PersistentVolumeClaim shop/db: m.\\
  **Note:** excepted until 2027-06-30

</details>

<details>
<summary>1 template passed over: they can be judged once they are rendered</summary>

- \`t.yaml:9:2\`

</details>
`)
  })

  test('a run without findings', () => {
    expect(rendered()).toBe('<!-- holdfast -->\n### Holdfast: no violations\n\n1 object in 1 file.\n')
  })

  test('fits into a comment, and counts what does not', () => {
    const text = rendered(...Array.from({ length: 1000 }, () => ({})))
    const shown = text.split('**deny**').length - 1
    expect(text.length).toBeLessThanOrEqual(65_536)
    expect(text.length).toBeGreaterThan(65_000)
    expect(text.endsWith(`\n+${1000 - shown} more: \`holdfast check\` shows them all.\n`)).toBe(true)
  })

  test('leaves out everything after the first that does not fit', () => {
    const text = rendered({ file: 'a' }, { file: 'b', problem: 'x'.repeat(70_000) }, { file: 'c' })
    expect(['`a:6:3`', '`b:6:3`', '`c:6:3`', '+2 more'].map((part) => text.includes(part))).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  test('nothing that a manifest or a file is named is Markdown, HTML, a link or a mention', () => {
    const evil = '`<img src=x>` @team #12 [a](http://x) **b** | $c$ :tada: a_b'
    const text = rendered({ problem: evil, file: '`@team`.yaml', links: ['javascript:alert(1)'] })
    expect(text).toContain(
      'shop/db: \\`\\<img src=x\\>\\` @<!-- -->team #<!-- -->12 \\[a\\](http:<!-- -->//x) \\*\\*b\\*\\* \\| \\$c\\$ :<!-- -->tada: a_b.',
    )
    expect(text).toContain('- `` `@team`.yaml:6:3 `` **deny**')
    expect(text).not.toContain('javascript')
  })
})

describe('the change', () => {
  const block = (result: Partial<CheckResult>) =>
    /```diff\n([\s\S]*?)\n {2}```/.exec(rendered({ fix, edits: [edit], ...result }))?.[1]
  const insertion = { offset: 99, length: 0, start: { line: 40, column: 9 }, end: { line: 40, column: 9 } }

  test('of several edits in one line', () => {
    const more = { ...edit, length: 0, text: '"', start: { line: 6, column: 3 }, end: { line: 6, column: 3 } }
    expect(block({ edits: [edit, more] })).toBe('  -  storageClassName: fast\n  +  "storageClassName: gold')
  })

  test('of lines that are inserted elsewhere', () => {
    expect(block({ edits: [{ ...insertion, text: '\r\n  a: 1\r\n  b: 2' }] })).toBe('  +  a: 1\n  +  b: 2')
  })

  test('of a line that every format shows, whatever its key', () => {
    const excerpt = { first: 6, lines: ['  storageTokenName: fast'] }
    expect(block({ excerpt })).toBe('  -  storageTokenName: fast\n  +  storageTokenName: gold')
  })

  test.each<[string, Partial<CheckResult>]>([
    ['there is none', { edits: [] }],
    ['its line is not at hand', { excerpt: undefined }],
    ['a part of a line is inserted elsewhere', { edits: [{ ...insertion, text: ', a: 1' }] }],
    ['its line is long', { edits: [{ ...edit, text: 'x'.repeat(200) }] }],
    ['its line holds a secret', { actual: 'a password' }],
    ['it is of a Secret', { resource: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'db' } }],
    [
      'another line of it may hold a secret',
      {
        edits: [{ ...edit, start: { line: 7, column: 3 }, end: { line: 7, column: 4 } }],
        excerpt: { first: 6, lines: ['  storageClassName: fast', '  password: hunter2'] },
      },
    ],
    ['an exception covers it', { result: 'skip' }],
  ])('is not shown where %s', (_name, result) => expect(block(result)).toBe(undefined))
})
