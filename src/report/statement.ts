import { describeResource, sentence } from '../engine/message.ts'
import { printable } from './printable.ts'
import type { CheckResult } from './result.ts'

/** What a result says of its object, whole and in one line: `StorageClass fast: volumeBindingMode is "Immediate"; ….` */
export function statement({ resource, problem }: Pick<CheckResult, 'resource' | 'problem'>): string {
  return printable(`${describeResource(resource)}: ${sentence(problem)}`)
}

/** A place as editors know it: `deploy/claim.yaml:8:3`. */
export function placeText({ file, line, column }: Pick<CheckResult, 'file' | 'line' | 'column'>): string {
  return `${printable(file)}:${line}:${column}`
}
