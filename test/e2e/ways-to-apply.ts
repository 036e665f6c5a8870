/**
 * How kubectl applies a manifest, what it says the first time and again, and how it shows the difference.
 *
 * kubectl says "configured" whenever the patch that it works out by itself is not empty. It compares the manifest with
 * what is stored, so for a repaired object it never is, though the API server changes nothing.
 */
export const waysToApply = [
  { client: 'client-side', args: ['apply'], first: 'created', again: 'configured', diff: ['diff'] },
  {
    client: 'server-side',
    args: ['apply', '--server-side'],
    first: 'serverside-applied',
    again: 'serverside-applied',
    diff: ['diff', '--server-side'],
  },
] as const
