import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { scanEntries } from '../../src/checks/secrets/scan.ts'

/** Half of all ConfigMaps of public repositories are smaller than this one; every call brings other text and names. */
function scanOne(index: number): number {
  const value = [
    `server.port=${index}`,
    `spring.datasource.url=jdbc:postgresql://db-${index}.shop.svc.cluster.local:5432/orders`,
    `spring.datasource.password=tulip${index}meadow`,
    `feature.flag-${index}.enabled=true`,
    `build.revision=${(index * 2_654_435_761).toString(16).padStart(40, '0')}`,
  ].join('\n')
  return scanEntries([{ path: `/data/app-${index}`, key: `app-${index}.properties`, value }]).length
}

it('100,000 calls leave nothing on the heap', { timeout: 120_000 }, () => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new TypeError('this V8 does not hand out its garbage collector')
  const heap = (): number => {
    collect()
    return process.memoryUsage().heapUsed
  }
  let matches = 0
  for (let index = 0; index < 2000; index += 1) matches += scanOne(index)
  const before = heap()
  for (let index = 2000; index < 102_000; index += 1) matches += scanOne(index)
  expect(matches).toBeGreaterThanOrEqual(102_000)
  // 10 bytes a call; what grew by 1 KB a call, as a known library does, would be a hundred times that.
  expect(heap() - before).toBeLessThan(1024 * 1024)
})
