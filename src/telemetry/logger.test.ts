import { describe, expect, test } from 'vitest'
import { createLogger, loggedError, type LogLevel } from './logger.ts'

function linesOf(level: LogLevel): { readonly lines: string[]; readonly logger: ReturnType<typeof createLogger> } {
  const lines: string[] = []
  return { lines, logger: createLogger({ level, destination: { write: (line) => void lines.push(line) } }) }
}

describe('createLogger', () => {
  test('writes one JSON line: time, level, fields, message', () => {
    const { lines, logger } = linesOf('info')
    logger.info({ uid: 'u1', count: 2 }, 'request denied')
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), uid: 'u1', count: 2, message: 'request denied' },
    ])
    expect(lines[0]?.endsWith('}\n')).toBe(true)
  })

  test.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
  ] as const)('level %s writes %j', (level, expected) => {
    const { lines, logger } = linesOf(level)
    for (const name of ['debug', 'info', 'warn', 'error'] as const) logger[name]({}, 'message')
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(expected)
  })

  test('shows an error without what it carries', () => {
    const { lines, logger } = linesOf('error')
    logger.error({ error: Object.assign(new TypeError('broken'), { body: 's3cret' }) }, 'request failed')
    expect(JSON.parse(lines.join(''))).toMatchObject({
      error: { type: 'TypeError', message: 'broken', stack: expect.stringContaining('TypeError: broken') },
    })
    expect(lines.join('')).not.toContain('s3cret')
  })
})

describe('loggedError', () => {
  test('joins the causes', () => {
    const error = new Error('fetch failed', { cause: new Error('connect failed', { cause: 'text' }) })
    expect(loggedError(error)).toMatchObject({ type: 'Error', message: 'fetch failed: connect failed' })
  })

  test('ends where an error is its own cause', () => {
    const error = new Error('a')
    error.cause = error
    expect(loggedError(error).message).toBe('a: a: a: a: a')
  })

  test('shows only the type of what is no error', () => {
    expect(loggedError('s3cret')).toEqual({ type: 'string', message: 'not an Error', stack: undefined })
  })
})
