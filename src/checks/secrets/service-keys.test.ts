import { describe, expect, test } from 'vitest'
import { scanEntries } from './scan.ts'

function confidences(key: string, value: string): readonly string[] {
  return scanEntries([{ path: '/data/a', key, value }]).map(({ confidence }) => confidence)
}

const found: readonly (readonly [key: string, value: string])[] = [
  ['a.txt', 'twilio auth token 9f3a61c07be84d259f3a61c07be84d25'],
  ['DATADOG_API_KEY', '9f3a61c07be84d259f3a61c07be84d25'],
  ['a.txt', 'algolia admin key: 9f3a61c07be84d259f3a61c07be84d25'],
  ['a.py', 'mailboxlayer.key("9f3a61c07be84d259f3a61c07be84d25")'],
  ['onesignal.properties', 'onesignal_key=33777880-22ea-badb-7871-700783febcbe'],
  ['a.txt', 'acme token 9f3a61c07be84d259f3a61c0'],
  ['a.txt', 'everhour=EDAB-7988-6646-dcec-31172004'],
  ['a.txt', 'browshot key dedebertqzyovmytrqxipuioujcc'],
  ['a.js', "const calendarific = '5163efbc1100cbwn6201lklp1392'"],
  ['a.txt', 'sk_acme_9f3a61c07be84d259f3a61c07be84d25'],
]

const clean: readonly (readonly [key: string, value: string])[] = [
  ['dashboard.json', '{"key": "a1b2c3d4e5f60718293a4b5c6d7e8f90", "uid": "P4169E866C3094E38"}'],
  ['go.sum', 'github.com/DataDog/zstd v1.4.5 h1:EndNeuB0l9syBZhut0wns3gV1hL8zX8LIu6ZiVHWLIQ='],
  ['a.yml', 'image: sentry/sentry@sha256:9f3a61c07be84d259f3a61c07be84d259f3a61c07be84d259f3a61c07be84d25'],
  ['a.yml', 'sentry_release: 9f3a61c07be84d259f3a61c07be84d259f3a61c0'],
  ['a.yml', 'commit: 9f3a61c07be84d259f3a61c07be84d259f3a61c0'],
  ['a.yml', 'checksum/mailgun: 9f3a61c07be84d259f3a61c07be84d259f3a61c07be84d259f3a61c07be84d25'],
  ['a.yml', 'uses: todoist/action@9f3a61c07be84d259f3a61c07be84d259f3a61c0'],
  ['a.sh', 'apt-key adv --recv-keys 9DC858229FC7DD38854AE2D88D81803C0EBFCD88'],
  ['a.txt', 'public key 9f3a61c07be84d259f3a61c07be84d25'],
  ['a.txt', 'partition key 9f3a61c07be84d259f3a61c0'],
  ['a.txt', 'next page token: 9f3a61c07be84d259f3a61c0'],
  ['a.txt', 'todoist=6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'],
  ['a.json', '{"result_key": "CertificateSummaryListV2OfAccount"}'],
  ['a.txt', 'linux-gomod-cache-key-v1-2024-01-01'],
]

describe('keys of services', () => {
  test.each(found)('finds %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).not.toEqual([])
  })

  test.each(clean)('is quiet about %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).toEqual([])
  })
})
