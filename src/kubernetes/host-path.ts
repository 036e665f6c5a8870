/**
 * A path on a node as the kernel reads it: `.`, `..`, `//` and a trailing `/` resolved, never above `/`, and a relative
 * path taken as below `/`. Symbolic links cannot be resolved from here: `/var/run` and `/run` stay two paths.
 */
export function normalizeHostPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  return `/${segments.join('/')}`
}

/**
 * Whether a path is a directory itself or below it, compared by path segments: `/fool` is not under `/foo`, and
 * everything is under `/`. Both are normalized first, so `/var/log/../run` is not under `/var/log`.
 */
export function isUnder(path: string, prefix: string): boolean {
  const inner = normalizeHostPath(path)
  const outer = normalizeHostPath(prefix)
  return outer === '/' || inner === outer || inner.startsWith(`${outer}/`)
}
