import { expect, test } from 'vitest'

import { organisationManifest } from '../consent/fixture.ts'
import { acknowledgementFor, jurisdictions, noticeFor, posterFor } from './notices.ts'

const manifest = organisationManifest({ recipients: ['A labeller'], purposes: ['ground', 'improve'] })

test('C24 every notice says who, what, where, what for, how long and to whom, as the manifest has it', () => {
  for (const place of jurisdictions) {
    const text = noticeFor(manifest, place)
    for (const said of [
      manifest.operator.name,
      'actions, text, structure',
      'https://office.example',
      'at least ten people',
      '30 days',
      'A labeller',
    ])
      expect([place, said, text.includes(said)]).toEqual([place, said, true])
    expect(acknowledgementFor(manifest, place)).toContain('no consent')
  }
})

test('C24 the law that is meant is named, a poster is there where it asks for one, and naming the notice leaves its text as it was', () => {
  expect(noticeFor(manifest, 'US-NY')).toContain('§ 52-c')
  expect(noticeFor(manifest, 'US-NY')).toContain('may be subject to monitoring at any and all times and by any lawful means')
  expect(jurisdictions.filter((place) => posterFor(manifest, place) !== null)).toEqual(['US-NY', 'US-CT'])
  const named = { ...manifest, notices: [{ jurisdiction: 'US-NY', sha256: '11'.repeat(32) }] }
  expect(noticeFor(named, 'US-NY')).toBe(noticeFor(manifest, 'US-NY'))
})
