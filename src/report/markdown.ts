/**
 * Prose as Markdown shows it literally: what would become emphasis or HTML is escaped. Code spans in backticks are left
 * as they are written.
 */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\*<>]|(?<!\w)_|_(?!\w)/g, '\\$&')))
    .join('')
}

/** A code span, whatever backticks the text holds; line breaks become spaces. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ')
  const marks = '`'.repeat(longestRun(line) + 1)
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${marks}${padding}${line}${padding}${marks}`
}

/** A fenced block, with a fence that no run of backticks in the text can close. A trailing line break is dropped. */
export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}

/** A table (GitHub Flavored Markdown). Cells are Markdown on one line; a `|` in them is escaped, in code as well. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(headers), `|${'---|'.repeat(headers.length)}`, ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')
}

/** A part that opens on a click. The summary is plain text, the body Markdown. */
export function details(summary: string, body: string): string {
  const escaped = summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  // Without the blank lines GitHub reads the body as HTML.
  return `<details>\n<summary>${escaped}</summary>\n\n${body}\n\n</details>`
}

/** Blocks with a blank line between them; empty ones are left out. Ends with a line break. */
export function blocks(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/**
 * Text that nobody vouches for, as Markdown shows it literally on GitHub and GitLab: no emphasis, HTML, link, image, code,
 * formula or emoji comes of it, and nobody is mentioned. It must be one line, and not the first thing on its line.
 */
export function literal(text: string): string {
  return (
    text
      .replaceAll(/[\\`*{}[\]<>&~|$]|(?<!\w)_|_(?!\w)/g, '\\$&')
      // GitHub looks for these once the Markdown is rendered: a backslash does not help, an empty comment does
      // (github/cmark-gfm#181).
      .replaceAll(/@|#(?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)|:(?=[\w+-]+:)/gi, '$&<!-- -->')
  )
}
