import { describe, expect, test } from 'vitest'
import { looksDrawn, looksGrouped, looksJumbled } from './values.ts'

describe('looksDrawn', () => {
  test.each([
    ['q7Zt2Kd9Wm4Xv8Rb', true],
    ['9f3a61c07be84d259f3a61c0', true],
    ['xkqvbdfgwrtz', true],
    ['acme-q7Zt2Kd9Wm4Xv8Rb', true],
    ['correcthorsebattery', false],
    ['orders-db-credentials-v2', false],
    ['ListObjectsV2Output', false],
    ['AmazonEC2ContainerServiceRole', false],
    ['2024-01-01T12:00:00Z', false],
    ['aaaaaaaaaaaa1111', false],
    ['', false],
  ])('%j: %s', (value, expected) => expect(looksDrawn(value, 12)).toBe(expected))
})

describe('looksGrouped', () => {
  test.each([
    ['6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', true],
    ['EDAB-7988-6646-dcec-31172004', true],
    ['orders-database-primary-0', false],
    ['2024-01-01-12-30-00-000', false],
  ])('%j: %s', (value, expected) => expect(looksGrouped(value)).toBe(expected))
})

describe('looksJumbled', () => {
  test.each([
    ['dedebertqzyovmytrqxipuioujcc', true],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', false],
    ['short', false],
    ['applicationConfigurationProperties', false],
  ])('%j: %s', (value, expected) => expect(looksJumbled(value)).toBe(expected))
})
