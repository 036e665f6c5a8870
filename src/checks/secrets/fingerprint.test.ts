import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprintPattern, fingerprintWith } from './fingerprint.ts'

describe('a fingerprint', () => {
  const fingerprint = fingerprintWith('0123456789abcdef012345')

  it('is the beginning of HMAC-SHA256 under the key', () => {
    const whole = createHmac('sha256', '0123456789abcdef012345').update('tulip9meadow').digest('hex')
    expect(fingerprint('tulip9meadow')).toBe(whole.slice(0, 8))
    expect(fingerprint('tulip9meadow')).toMatch(new RegExp(fingerprintPattern))
  })

  it('differs by value and by key', () => {
    expect(fingerprint('tulip9meadow')).not.toBe(fingerprint('tulip9meadoW'))
    expect(fingerprint('tulip9meadow')).not.toBe(fingerprintWith('another key of some length')('tulip9meadow'))
  })
})
