import { describe, expect, it } from 'vitest'
import { serveConfig, type ServeFlags } from './config.ts'
import type { ConfigDocument } from './policy/document.ts'

describe('Events and the decision log', () => {
  it.each<[string, ServeFlags, ConfigDocument, { readonly events: boolean; readonly decisionLog: boolean }]>([
    ['by default', {}, {}, { events: false, decisionLog: true }],
    ['by flag', { events: true, cluster: true }, {}, { events: true, decisionLog: true }],
    ['by file', {}, { events: true, cluster: true, decisionLog: false }, { events: true, decisionLog: false }],
    ['by both', { cluster: true }, { events: true }, { events: true, decisionLog: true }],
  ])('%s', (_name, flags, document, expected) => {
    expect(serveConfig(flags, document, undefined)).toMatchObject(expected)
  })

  it.each<[ServeFlags, ConfigDocument]>([
    [{ events: true }, {}],
    [{}, { events: true, cluster: false }],
  ])('Events without a cluster are a mistake: %j %j', (flags, document) => {
    expect(() => serveConfig(flags, document, undefined)).toThrow(RangeError)
  })
})
