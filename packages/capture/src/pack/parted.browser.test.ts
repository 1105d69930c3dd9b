import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { leaksOf } from '../../leaks.ts'
import { startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const record = { flushMs: 50 } as const
const halves = ['4539 1488', '0343 6467'] as const
const twoFields = '<p><input id=a aria-label=First> <input id=b aria-label=Second></p><button id=n>Next</button>'

test.each<[string, boolean]>([
  ['one batch', false],
  ['two batches', true],
])(
  'attack 29: of a card that is typed into two fields which nothing calls secret, in %s, nothing leaves but the first part',
  async (_, apart) => {
    const trial = await startTrial(stage, twoFields, { record })
    const { page, tell } = trial
    for (const [at, id] of ['#a', '#b'].entries()) {
      await page.click(id)
      await page.keyboard.type(halves[at] ?? '')
      if (apart) {
        await page.click('#n')
        await tell('flush')
      }
    }
    // Changed once more, so that what was there before is told too.
    await page.click('#n')
    await page.click('#b')
    await page.keyboard.press('End')
    await page.keyboard.type(' x')
    await page.click('#n')
    const texts = (await trial.events()).filter((event) => event.kind === 'text').map(({ before, after }) => [before, after])
    await trial.stop()
    await page.close()
    expect(texts[0]).toEqual(['', halves[0]])
    expect(texts.slice(1)).toEqual([
      ['', '[CARD_1]'],
      ['[CARD_1]', expect.stringMatching(/^\[CARD_1\] x$/)],
    ])
    expect(leaksOf(trial.batches, halves[1])).toEqual([])
  },
)

// What was sent can't be taken back, and numbers that come one after the other in one place are most often two numbers. A line that begins to fail is good news.
test('not held: attack 29: parts of a card that stand in one place one after the other, each in a batch of its own, leave as they are', async () => {
  const script = "n.onclick = () => (t.textContent = t.textContent === '' ? '4539 1488' : '0343 6467')"
  const trial = await startTrial(stage, `${twoFields}<p id=t></p><script>${script}</script>`, { record })
  const { page, tell } = trial
  for (const half of halves) {
    await page.fill('#a', '')
    await page.click('#a')
    await page.keyboard.type(half)
    await page.click('#n')
    await tell('flush')
    await page.mouse.wheel(0, 10)
    await page.click('body')
  }
  await trial.events()
  await trial.stop()
  await page.close()
  const told = JSON.stringify(trial.batches)
  for (const half of halves) expect(told.split(half).length).toBeGreaterThan(2)
})
