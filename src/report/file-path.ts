/** A file as the tools of a repository name it: `./apps/db.yaml` is `apps/db.yaml`. */
export function repositoryPath(file: string): string {
  return file.replace(/^(?:\.\/+)+/, '')
}

/**
 * A file as a URI reference (RFC 3986): relative to the folder that was checked from, as it was named, or `file://` and
 * the path where that is absolute.
 */
export function fileUri(file: string): string {
  // What is no character at all cannot be percent-encoded.
  const path = repositoryPath(file).toWellFormed().split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}
