import type { RecordingState } from '@overt/capture'
import { browser } from '../talk/browser.ts'

const signs = {
  recording: { text: 'REC', colour: '#b91c1c' },
  paused: { text: 'II', colour: '#92400e' },
  stopped: { text: '', colour: '#525252' },
  /** The check of the ledger found what breaks trust. */
  broken: { text: '!', colour: '#b91c1c' },
} as const

/** Shows on the toolbar what a tab's recorder is doing. */
export async function badge(tabId: number, state: RecordingState['state'] | 'broken', reason: string): Promise<void> {
  const { text, colour } = signs[state]
  await browser.action.setBadgeText({ tabId, text })
  await browser.action.setBadgeBackgroundColor({ tabId, color: colour })
  await browser.action.setTitle({ tabId, title: `Overt: ${state}${reason === '' ? '' : ` (${reason})`}` })
}
