import { describe, expect, it } from 'vitest'
import { reasonOf, runTool } from './run-tool.ts'

describe('runTool', () => {
  it('gives what a program wrote and how it ended', () => {
    const code =
      'process.stdout.write("out"); process.stderr.write("err"); process.stdin.resume(); process.exitCode = 3'
    expect(runTool(process.execPath, ['-e', code])).toEqual({ status: 3, stdout: 'out', stderr: 'err' })
  })

  it('says that there is no such program, and passes arguments on as they are', () => {
    expect(runTool('no-such-program-of-holdfast', [])).toBe('missing')
    const code = 'process.stdout.write(process.argv[1])'
    expect(runTool(process.execPath, ['-e', code, '$(x) `y` "z"'])).toMatchObject({ stdout: '$(x) `y` "z"' })
  })

  it('stops one that writes too much', () => {
    const code = 'process.stdout.write("x".repeat(70 << 20))'
    expect(runTool(process.execPath, ['-e', code])).toMatchObject({ status: undefined })
  })
})

describe('reasonOf', () => {
  it.each<[string, number | undefined, string]>([
    ['Error: cannot load\n\nUse --debug flag\n', 1, 'cannot load'],
    ['warning: old\nerror: accumulating resources\n', 1, 'accumulating resources'],
    ['E1121 02:54 run.go:72] "command failed" err="must build at directory"\n', 1, 'must build at directory'],
    ['yaml: cannot unmarshal !!str `hunter2` into int\n', 1, 'yaml: cannot unmarshal !!str `…` into int'],
    ['error: https://me:hunter2@example.com/x is gone\n', 1, 'https://…@example.com/x is gone'],
    ['Error: missing; run `helm dependency build`\n', 1, 'missing; run `helm dependency build`'],
    ['', 4, 'it ended with exit code 4'],
    ['killed', undefined, 'it was stopped, for it took too long or wrote too much'],
    [`error: ${'x'.repeat(400)}`, 1, `${'x'.repeat(299)}…`],
    ['error: a\u001b[31mb', 1, 'a [31mb'],
  ])('says %j in short', (stderr, status, reason) => {
    expect(reasonOf({ status, stdout: '', stderr })).toBe(reason)
  })
})
