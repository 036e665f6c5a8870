import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { load, type Loaded, type LoadOptions, policyFilesOf } from '../load.ts'
import { LoadError } from '../policy/problem.ts'
import type { PoliciesInForce, PolicyFeed } from './policy-following.ts'

const pollMs = 2000

/**
 * Policies and configuration from files, read again when their content changes. Content and not times is compared: the
 * kubelet swaps a folder under them.
 */
export function fileFeed(options: LoadOptions, initial: Loaded): PolicyFeed {
  return {
    initial: inForce(initial),
    isCurrent: () => true,
    watch(onLoaded, onRefused) {
      let seen = fingerprint(options)
      const timer = setInterval(() => {
        try {
          const print = fingerprint(options)
          if (print === seen) return
          seen = print
          onLoaded(inForce(load(options)))
        } catch (error) {
          onRefused(asLoadError(error))
        }
      }, pollMs)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}

function inForce({ policies, input }: Loaded): PoliciesInForce {
  return { policies, files: input, refused: [] }
}

// A folder can vanish between two looks at it. Nothing of that may end a webhook that serves.
function asLoadError(error: unknown): LoadError {
  if (error instanceof LoadError) return error
  const problem = `cannot be read (${error instanceof Error ? error.message : 'unknown error'})`
  return new LoadError([{ file: 'the policies', path: '', problem }])
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
