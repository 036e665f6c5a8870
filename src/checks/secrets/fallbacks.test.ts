import { describe, expect, test } from 'vitest'
import { scanEntries } from './scan.ts'

function confidences(key: string, value: string): readonly string[] {
  return scanEntries([{ path: '/data/a', key, value }]).map(({ confidence }) => confidence)
}

const found: readonly (readonly [key: string, value: string])[] = [
  ['a.yml', 'password: ${DB_PASSWORD:hunter2x}'],
  ['a.yml', 'password: ${DB_PASSWORD:-hunter2x}'],
  ['a.yml', 'password: "${DB_PASSWORD:-hunter2x}"'],
  ['a.yml', 'password: {{ .Values.x | default "hunter2x" }}'],
  ['a.yml', 'url: {{ .Values.dbPassword | default "hunter2x" }}'],
  ['a.yml', 'password: {{ default "hunter2x" .Values.x }}'],
  ['run.sh', 'exec app "${DB_PASSWORD:=hunter2x}"'],
  ['a.py', 'SECRET = os.getenv("DB_PASSWORD", "hunter2x")'],
  ['a.py', "x = os.environ.get('DB_PASSWORD', 'hunter2x')"],
  ['a.js', "const p = process.env.DB_PASSWORD || 'hunter2x'"],
  ['a.php', "'password' => env('DB_PASSWORD', 'hunter2x'),"],
  ['a.rb', 'password = ENV.fetch("DB_PASSWORD", "hunter2x")'],
]

const clean: readonly (readonly [key: string, value: string])[] = [
  ['DB_PASSWORD', '${DB_PASSWORD:}'],
  ['DB_PASSWORD', '${DB_PASSWORD:?must be set}'],
  ['DB_PASSWORD', '${DB_PASSWORD:-$OTHER_PASSWORD}'],
  ['DB_PASSWORD', '${DB_PASSWORD:${OTHER}}'],
  ['DB_PASSWORD', '%(ENV_DB_PASSWORD)s'],
]

describe('literals that references fall back on', () => {
  test.each(found)('finds %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).not.toEqual([])
  })

  test.each(clean)('is quiet about %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).toEqual([])
  })
})
