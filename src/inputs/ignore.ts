import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import ignore from 'ignore'

/** The file that names what is not read, in the syntax of .gitignore. */
export const ignoreFile = '.holdfastignore'

/** Whether a file is left out by the ignore file of a folder; what is not below that folder never is. */
export function ignoredBy(folder: string): (file: string) => boolean {
  const rules = join(folder, ignoreFile)
  if (!existsSync(rules)) return () => false
  // As git on Linux, whatever the machine: the verdict of a repository is the same everywhere.
  const matcher = ignore({ ignorecase: false }).add(readFileSync(rules, 'utf8'))
  return (file) => {
    const path = relative(folder, resolve(file))
    const isBelow = path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
    return isBelow && matcher.ignores(path)
  }
}
