import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { load, type LoadOptions, policyFilesOf } from '../load.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { LoadError } from '../policy/problem.ts'
import type { PolicyFeed } from './serve.ts'

const pollMs = 2000

/**
 * Policies and configuration from files, read again when their content changes. Content and not times is compared: the
 * kubelet swaps a folder under them.
 */
export function fileFeed(options: LoadOptions, initial: PolicySet): PolicyFeed {
  return {
    initial,
    watch(onLoaded, onRefused) {
      let seen = fingerprint(options)
      const timer = setInterval(() => {
        const print = fingerprint(options)
        if (print === seen) return
        seen = print
        try {
          onLoaded(load(options).policies)
        } catch (error) {
          if (!(error instanceof LoadError)) throw error
          onRefused(error)
        }
      }, pollMs)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}

function fingerprint(options: LoadOptions): string {
  const hash = createHash('sha256')
  for (const file of policyFilesOf(options)) hash.update(file).update('\0').update(contentOf(file)).update('\0')
  return hash.digest('hex')
}

// A file that is being replaced is a change like any other; loading says what is wrong with it.
function contentOf(file: string): string | Buffer {
  try {
    return readFileSync(file)
  } catch {
    return 'unreadable'
  }
}
