/**
 * Text that is safe to show in a terminal: control characters, line breaks and the characters that reverse or hide
 * text are written as escapes (`\u001b`), so that a name in a manifest cannot move the cursor, forge a line or
 * make code look like other code.
 */
export function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/gu,
    escape,
  )
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
