import { fill } from '../generator/pattern.ts'
import type { Random } from '../generator/random.ts'

/** A file with a credential: its text is a pattern, or makes one where parts of it are encoded. */
export interface FileTemplate {
  readonly type: string
  readonly file: string
  readonly text: (random: Random) => string
}

/** A filled pattern in base64. */
export function encode(pattern: string, random: Random): string {
  return Buffer.from(fill(pattern, random)).toString('base64')
}
