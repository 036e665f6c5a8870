/** One setting of an application, before a file format writes it down. */
export interface Setting {
  /** The sections it stands in: `['spring', 'datasource']`. */
  readonly group: readonly string[]
  /** The words of its own name: `['max', 'connections']`. */
  readonly words: readonly string[]
  readonly value: string
}

/** How the words of a name are put together. */
export const styles = {
  camel: (words: readonly string[]) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  pascal: (words: readonly string[]) => words.map(capital).join(''),
  snake: (words: readonly string[]) => words.join('_'),
  kebab: (words: readonly string[]) => words.join('-'),
  dotted: (words: readonly string[]) => words.join('.'),
  upper: (words: readonly string[]) => words.join('_').toUpperCase(),
} as const

export type Style = keyof typeof styles

/** A setting by its path, `spring.datasource/max-connections`: sections with dots, a slash, words with hyphens. */
export function settingOf(path: string, value: string): Setting {
  const slash = path.indexOf('/')
  const group = slash < 0 ? [] : path.slice(0, slash).split('.')
  return { group, words: path.slice(slash + 1).split('-'), value }
}

/** The name of a setting where there are no sections: they become words of it. */
export function flatName({ group, words }: Setting, style: Style): string {
  return styles[style]([...group, ...words])
}

/** The own name of a setting, within its section. */
export function leafName({ words }: Setting, style: Style): string {
  return styles[style](words)
}

/** Settings by their section, in the order in which sections occur; its name is the section's words joined by dots. */
export function bySection(settings: readonly Setting[]): ReadonlyMap<string, readonly Setting[]> {
  return Map.groupBy(settings, ({ group }) => group.join('.'))
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
