import { characterCount, oneLine, truncateCharacters } from './text.ts'

/** The API server cuts warnings to this many characters each once all together pass {@link maxWarningsCharacters}. */
export const maxWarningCharacters = 256

/** What one answer's warnings may have together, in characters; the API server drops what comes after. */
export const maxWarningsCharacters = 4096

// Longer than the notice about left-out warnings can get.
const noticeCharacters = 64

/**
 * Warnings as the API server delivers them whole: each one line of at most 256 characters, without empty ones and
 * duplicates, at most 4,096 characters together. Those that do not fit any more are counted in a last one.
 *
 * The API server sends a warning as an HTTP header (RFC 7234, UTF-8) and silently drops one that holds a control
 * character (k8s.io/apimachinery/pkg/util/net, NewWarningHeader).
 */
export function toWarnings(texts: readonly string[]): readonly string[] {
  const warnings = [...new Set(texts.map(toWarning))].filter((warning) => warning !== '')
  const total = warnings.reduce((sum, warning) => sum + characterCount(warning), 0)
  if (total <= maxWarningsCharacters) return warnings

  let room = maxWarningsCharacters - noticeCharacters
  let kept = 0
  for (const warning of warnings) {
    room -= characterCount(warning)
    if (room < 0) break
    kept += 1
  }
  return [...warnings.slice(0, kept), `${warnings.length - kept} more warnings do not fit into this answer`]
}

function toWarning(text: string): string {
  return truncateCharacters(oneLine(text), maxWarningCharacters)
}
