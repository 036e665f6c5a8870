import type { JsonObject } from '../kubernetes/json.ts'
import type { TextEdit } from '../manifest/text-edit.ts'
import type { Placed } from '../offline/place.ts'
import { fileUri } from './file-path.ts'
import { markLength } from './frame.ts'

/** The folder that files are named from: SARIF's usual word for the root of a repository. */
export const sourceRoot = '%SRCROOT%'

/** A file as SARIF names it (artifactLocation, section 3.4): from the source root, unless its path is absolute. */
export function artifactLocation(file: string): JsonObject {
  const uri = fileUri(file)
  return uri.startsWith('file://') ? { uri } : { uri, uriBaseId: sourceRoot }
}

/**
 * A place as SARIF writes it (physicalLocation, section 3.29): the first word there, a key as a rule, or the rest of the
 * line where how long that is must not be told. Never a snippet: the line may hold a credential.
 */
export function physicalLocation(place: Placed, isHidden: boolean): JsonObject {
  const { file, line, column } = place
  const length = markLength(place, isHidden)
  const end = length === undefined ? {} : { endLine: line, endColumn: column + length }
  return { artifactLocation: artifactLocation(file), region: { startLine: line, startColumn: column, ...end } }
}

/** An edit as SARIF writes it (replacement, section 3.57). */
export function replacement({ start, end, text }: TextEdit): JsonObject {
  const deletedRegion = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
  return text === '' ? { deletedRegion } : { deletedRegion, insertedContent: { text } }
}
