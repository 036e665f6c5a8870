import type { DocumentText } from '../manifest/manifest.ts'

/** A text with blanks in place of some of its documents; what is left stays where it is. */
export function withoutDocuments(text: string, documents: readonly DocumentText[]): string {
  let left = text
  for (const { text: document, offset } of documents) {
    left = left.slice(0, offset) + blank(document) + left.slice(offset + document.length)
  }
  return left
}

/** A text with blanks in place of all but some of its documents. */
export function onlyDocuments(text: string, documents: readonly DocumentText[]): string {
  let left = blank(text)
  for (const { text: document, offset } of documents) {
    left = left.slice(0, offset) + document + left.slice(offset + document.length)
  }
  return left.trim() === '' ? '' : left
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ')
}
