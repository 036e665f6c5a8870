/** What a plain scalar of YAML or a bare word of a shell may look like without meaning something else. */
const plain = /^[A-Za-z/][\w./@:-]*$/
const endsLikeKey = /:$/
const special = /^(?:true|false|yes|no|on|off|null)$/i

/** A scalar of YAML: plain where that is safe, else in double or single quotes. */
export function yamlScalar(value: string, quote: '"' | "'"): string {
  if (special.test(value) || /^\d{1,9}$/.test(value)) return value
  if (plain.test(value) && !endsLikeKey.test(value)) return value
  return quote === '"' ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`
}

/** A literal of JSON, Python or JavaScript: numbers and switches bare where the language has them so. */
export function literal(value: string): string {
  return /^(?:true|false|[1-9]\d{0,8})$/.test(value) ? value : JSON.stringify(value)
}

/** A word of a shell, in single quotes where it has to be. */
export function shellWord(value: string): string {
  return plain.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`
}

/** Text of an XML element or attribute. */
export function xmlText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** The lines of a text, each behind an indent; empty ones stay empty. */
export function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
}
