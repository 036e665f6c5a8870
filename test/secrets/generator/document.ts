import type { Random } from './random.ts'
import type { Setting } from './setting.ts'

/** What a ConfigMap holds. */
export interface Content {
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
}

/** A way to write settings into a ConfigMap: a file format, or no file at all. */
export interface SettingCarrier {
  readonly carrier: string
  readonly write: (settings: readonly Setting[], random: Random) => Content
}

/** A text with a name that is put into a ConfigMap: a key file, a script. */
export interface Block {
  readonly file: string
  readonly text: string
}

/** A way to put a whole file into a ConfigMap: as it is, encoded, within another file. */
export interface BlockCarrier {
  readonly carrier: string
  readonly write: (block: Block, random: Random) => Content
}

/** How far a type is spread: over all carriers, or over so many of them that a hash chooses. */
export type Spread = 'all' | number

/** A kind of setting to generate: a credential under a name, or something that only looks like one. */
export interface SettingType {
  readonly type: string
  readonly spread: Spread
  readonly make: (random: Random) => Setting
}

/** A kind of file to generate. */
export interface BlockType {
  readonly type: string
  readonly spread: Spread
  readonly make: (random: Random) => Block
}
