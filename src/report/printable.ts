// ASCII without colons in a row or number signs: nearly every text, told at a glance.
const harmless = /^(?:[ -"$-9;-~]|:(?!:))*$/

/**
 * Text that is safe to show in a terminal: control characters, line breaks and the characters that reverse or hide
 * text are written as escapes (`\u001b`), so that a name in a manifest cannot move the cursor, forge a line or
 * make code look like other code. So is what the log of a GitHub workflow would take for a command: `::` at the
 * beginning of a line, and `##[` anywhere (ActionCommand.cs of actions/runner).
 */
export function printable(text: string): string {
  if (harmless.test(text)) return text
  return text.replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Cs}|(?<=^\s*):(?=:)|(?<=##)\[/gu,
    escape,
  )
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
