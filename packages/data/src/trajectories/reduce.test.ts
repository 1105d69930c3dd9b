import type { Episode } from '@overt/schema'
import { describe, expect, test } from 'vitest'

import { form, node, observation, stretch, type Told } from '../../fixtures/scene.ts'
import { reduce } from './reduce.ts'
import { inOrder, type Stretch } from './stretch.ts'

const meta = { person: 'ada', session: 's1' }

function episodesOf(...stretches: readonly Stretch[]): Episode[] {
  return [...reduce(inOrder(stretches.map((one) => ({ ...one, firstSeq: one.events[0]?.seq ?? 0 }))), meta)]
}

function ambient(told: readonly Told[]): Episode | undefined {
  return episodesOf(stretch(told)).at(-1)
}

/** `kind node argument` of each action. */
function lines(...told: readonly Told[]): string[] {
  return linesOf(ambient(told))
}

function linesOf(episode: Episode | undefined): string[] {
  return (episode?.steps ?? []).map(({ action }) => `${action.kind} ${action.target?.node ?? '-'} ${action.argument}`.trimEnd())
}

function droppedOf(...told: readonly Told[]): Record<string, number> | undefined {
  return ambient(told)?.quality.dropped
}

const start: Told = ['task', -1, { phase: 'start', goal: 'Save it', template: 'own/save', seed: 'demo-1' }]
const end: Told = ['task', -1, { phase: 'end', outcome: 'success', by: 'page' }]
const press: Told = ['click', 3]

describe('order and episodes', () => {
  test('1.1 the order of arrival plays no part', () => {
    const parts = [
      stretch([press, ['click', 10]], { closedAtEpochMs: 1 }),
      stretch([['click', 1]], { firstSeq: 2, closedAtEpochMs: 3 }),
      stretch([['click', 2]], { producer: 'doc-2', closedAtEpochMs: 2 }),
    ]
    const expected = ['click 3', 'click 10', 'click 2', 'click 1']
    expect(linesOf(episodesOf(...parts)[0])).toEqual(expected)
    expect(linesOf(episodesOf(...parts.toReversed())[0])).toEqual(expected)
  })

  test('1.2 an event that comes twice is dropped, a hole is a gap', () => {
    const twice = episodesOf(stretch([press]), stretch([press]))[0]
    expect(twice?.quality).toMatchObject({ events: 2, explained: 1, dropped: { duplicate: 1 } })
    const holed = episodesOf(stretch([press]), stretch([press], { firstSeq: 4, closedAtEpochMs: 1_800_000_000_000 }))[0]
    expect(holed?.quality.gaps).toBe(1)
  })

  test('1.3 a task is an episode with its goal, template, seed and outcome, over several documents', () => {
    const first = stretch([['click', 1], start, press], { closedAtEpochMs: 1 })
    const second = stretch([['click', 10], end, ['click', 2]], { producer: 'doc-2', closedAtEpochMs: 2 })
    const [task, rest] = episodesOf(first, second)
    expect(task).toMatchObject({ goal: 'Save it', template: 'own/save', seed: 'demo-1', outcome: 'success', outcomeBy: 'page' })
    expect(linesOf(task)).toEqual(['click 3', 'click 10'])
    expect(linesOf(rest)).toEqual(['click 1', 'click 2'])
  })

  test('1.4 a task that is never ended is unknown, one cut short by another is abandoned', () => {
    const [cut, open] = episodesOf(stretch([start, press, start, press]))
    expect([cut?.outcome, open?.outcome]).toEqual(['abandoned', 'unknown'])
  })

  test('1.5 a session in which nothing was done has no ambient episode', () => {
    expect(
      episodesOf(
        stretch([
          ['recorder', -1],
          ['focus', 1],
          ['recorder', -1, { phase: 'stop' }],
        ]),
      ),
    ).toEqual([])
  })

  test('1.6 an episode keeps its name when an earlier one is gone', () => {
    const first = stretch([start, press, end], { closedAtEpochMs: 1 })
    const second = stretch([start, press, end], { firstSeq: 3, closedAtEpochMs: 2, observations: [observation(0, form)] })
    expect(episodesOf(second)[0]?.id).toBe(episodesOf(first, second)[1]?.id)
  })

  test('1.7 a takeover makes a task a correction, with what the agent would have done and the element it was meant for', () => {
    const told: Told[] = [
      start,
      ['takeover', -1],
      ['proposed', 10, { p01: 0.75 }],
      ['proposed', -1, { action: 'key', argument: 'Enter', p01: 0.25 }],
    ]
    const [corrected] = episodesOf(stretch([...told, press, end]))
    expect(corrected?.correction).toEqual({
      by: 'person',
      why: 'touch',
      model: 'a'.repeat(64),
      candidates: [
        { kind: 'click', target: { node: 10, role: 'link', name: 'Orders', box: [100, 10, 40, 20] }, argument: '', p01: 0.75 },
        { kind: 'key', target: null, argument: 'Enter', p01: 0.25 },
      ],
    })
    expect(linesOf(corrected)).toEqual(['click 3'])
    expect(corrected?.quality).toMatchObject({ events: 6, explained: 6, orphans: 0 })
    expect(episodesOf(stretch([start, press, end]))[0]).not.toHaveProperty('correction')
  })
})

describe('pointer', () => {
  test('2.1 a click of the page’s script is dropped', () => {
    expect(lines(press, ['click', 10, { cause: 'program' }])).toEqual(['click 3'])
    expect(droppedOf(press, ['click', 10, { cause: 'program' }])).toEqual({ program: 1 })
  })

  test('2.2 a label’s click and the one it forwards are one', () => {
    expect(lines(['click', 5], ['click', 4, { cause: 'label' }])).toEqual(['click 5'])
  })

  test('2.3 Enter on a button is its click, Enter in a field that presses the button stays the key', () => {
    expect(lines(['key', 3], ['click', 3, { cause: 'keyboard' }])).toEqual(['click 3'])
    expect(lines(['text', 1, { after: 'Gus' }], ['key', 1], ['click', 3, { cause: 'keyboard' }])).toEqual(['type 1 Gus', 'key 1 Enter'])
  })

  test('2.4 a double and a triple click are one action each', () => {
    expect(lines(press, ['click', 3, { count: 2 }])).toEqual(['double_click 3'])
    expect(lines(press, ['click', 3, { count: 2 }], ['click', 3, { count: 3 }])).toEqual(['triple_click 3'])
    expect(lines(press, ['click', 3, { count: 2, gap: 3 }])).toEqual(['click 3', 'double_click 3'])
  })

  test('2.5 the other buttons have kinds of their own', () => {
    expect(lines(['click', 3, { button: 2 }], ['click', 10, { button: 1 }])).toEqual(['right_click 3', 'middle_click 10'])
  })

  test('2.5 a long press of a finger or a pen is a right click, by a rule of its own, and a mouse button held down is a click', () => {
    const held = (pointer: string): Told[] => [['click', 3, { pointer, held: true }]]
    expect(
      ['touch', 'pen', 'mouse'].map((pointer) => ambient(held(pointer))?.steps.map(({ action }) => [action.kind, action.rule])),
    ).toEqual([[['right_click', 'click.long']], [['right_click', 'click.long']], [['click', 'click.single']]])
  })

  test('2.6 a drag names where it ended', () => {
    expect(ambient([['drag', 10, { toNode: 11 }]])?.steps[0]?.action).toMatchObject({
      kind: 'drag',
      target: { node: 10 },
      to: { node: 11 },
    })
  })

  test('2.6 the rule of a drag says what the browser did, and one of before that was told is a drag', () => {
    const rules = [{ effect: 'copy', path: '3 4' }, { effect: '' }, {}].map((fields) => ambient([['drag', 10, { toNode: 11, ...fields }]]))
    expect(rules.map((episode) => episode?.steps[0]?.action.rule)).toEqual(['drag.copy', 'drag', 'drag'])
  })

  test('2.7 a hover is kept', () => {
    expect(lines(['hover', 8], ['click', 9])).toEqual(['hover 8', 'click 9'])
  })
})

describe('text and values', () => {
  test('3.1 the click that gave a field its focus is folded into the text typed there, and the step begins before it', () => {
    const told: Told[] = [
      ['click', 1],
      ['text', 1, { after: 'Gus', observation: 1 }],
    ]
    const [episode] = episodesOf(stretch(told, { observations: [observation(0, form), observation(1, form)] }))
    expect(linesOf(episode)).toEqual(['type 1 Gus'])
    expect(episode?.steps[0]).toMatchObject({ observation: { id: 0 }, action: { events: [0, 1], point: [5, 5] } })
  })

  test('3.2 a click on a field that no text follows stays a click', () => {
    expect(lines(['click', 1], press)).toEqual(['click 1', 'click 3'])
  })

  test('3.3 successive commits of one field are one action, those of two fields are two', () => {
    const told: Told[] = [
      ['text', 1, { before: '', after: 'Gu' }],
      ['text', 1, { before: 'Gu', after: 'Gus' }],
      ['text', 2, { after: 'Oslo' }],
    ]
    expect(lines(...told)).toEqual(['type 1 Gus', 'type 2 Oslo'])
    expect(ambient(told)?.steps[0]?.action.before).toBe('')
  })

  test('3.4 a secret is typed without its text', () => {
    expect(
      ambient([
        ['click', 1],
        ['text', 1, { secret: true }],
      ])?.steps[0]?.action,
    ).toMatchObject({ kind: 'type', argument: '', rule: 'type.secret' })
  })

  test('3.5 Tab that only moved the focus is dropped, Tab that nothing follows is kept', () => {
    const told: Told[] = [
      ['text', 1, { after: 'Gus' }],
      ['key', 1, { chord: 'Tab' }],
      ['focus', 2],
      ['text', 2, { after: 'Oslo' }],
    ]
    expect(lines(...told)).toEqual(['type 1 Gus', 'type 2 Oslo'])
    expect(droppedOf(...told)).toEqual({ focus: 1, tab: 1 })
    expect(lines(...told.slice(0, 2))).toEqual(['type 1 Gus', 'key 1 Tab'])
  })

  test('3.6 a commit that its own Enter overtook goes before it, and the next message is a commit of its own', () => {
    expect(lines(['key', 1], ['text', 1, { after: 'Hi' }])).toEqual(['type 1 Hi', 'key 1 Enter'])
    expect(lines(['text', 1, { after: 'Hi' }], ['key', 1], ['text', 1, { after: 'Yo' }], ['key', 1])).toEqual([
      'type 1 Hi',
      'key 1 Enter',
      'type 1 Yo',
      'key 1 Enter',
    ])
  })

  test('3.7 a slider is its final value', () => {
    expect(lines(['click', 7], ['value', 7, { before: '3', after: '5' }], ['value', 7, { before: '5', after: '8' }])).toEqual(['type 7 8'])
  })

  test('3.8 keys that edit are folded into the commit', () => {
    expect(
      lines(['click', 1], ['key', 1, { chord: 'Control+A' }], ['key', 1, { chord: 'Backspace' }], ['text', 1, { before: 'a', after: 'b' }]),
    ).toEqual(['type 1 b'])
    expect(lines(['key', 1, { chord: 'Control+K' }], ['text', 1, { after: 'b' }])).toEqual(['key 1 Control+K', 'type 1 b'])
  })

  test('3.9 a commit that changed nothing, and one of the page’s script, are dropped', () => {
    expect(droppedOf(press, ['text', 1, { before: 'a', after: 'a' }], ['text', 2, { after: 'x', cause: 'program' }])).toEqual({
      'text.nothing': 1,
      program: 1,
    })
  })
})

describe('choices', () => {
  test('4.1 a native select is one action with the label', () => {
    expect(lines(['click', 6], ['select', 6, { before: 'Norway', after: 'Peru' }])).toEqual(['select_option 6 Peru'])
    expect(lines(['key', 6, { chord: 'ArrowDown' }], ['select', 6, { before: 'Norway', after: 'Peru', cause: 'keyboard' }])).toEqual([
      'select_option 6 Peru',
    ])
  })

  test('4.2 an option of a custom list stays the click that chose it', () => {
    const told: Told[] = [
      ['click', 8],
      ['click', 9],
      ['select', 8, { before: '', after: 'Ada' }],
    ]
    expect(lines(...told)).toEqual(['click 8', 'click 9'])
    expect(ambient(told)?.steps[1]?.action).toMatchObject({ after: 'Ada', rule: 'select.aria' })
  })

  test('4.3 a check box is one action, whatever worked it', () => {
    const byLabel: Told[] = [
      ['click', 5],
      ['click', 4, { cause: 'label' }],
      ['check', 4, { cause: 'label' }],
    ]
    expect(lines(...byLabel)).toEqual(['check 4 on'])
    expect(ambient(byLabel)?.steps[0]?.action).toMatchObject({ cause: 'label', rule: 'check.label', events: [0, 1, 2] })
    expect(lines(['click', 4], ['check', 4, { before: true, after: false }])).toEqual(['check 4 off'])
    expect(lines(['key', 4, { chord: 'Space' }], ['check', 4, { cause: 'keyboard' }])).toEqual(['check 4 on'])
    expect(lines(['check', 4], ['check', 4, { before: true, after: false }])).toEqual(['check 4 on', 'check 4 off'])
  })

  test('4.4 where the box can’t be seen, the click on what stands for it is kept', () => {
    expect(lines(['click', 5], ['check', -1, { cause: 'label' }])).toEqual(['click 5'])
  })
})

describe('scrolling, keys, clipboard', () => {
  test('5.1 scrolls of one container are one, in the larger way', () => {
    const told: Told[] = [
      ['scroll', 11, { toY: 100 }],
      ['scroll', 11, { fromY: 100, toY: 300 }],
      ['scroll', -1, { toX: 50, toY: 10 }],
    ]
    expect(lines(...told)).toEqual(['scroll 11 down', 'scroll - right'])
  })

  test('5.2 a scroll that ends where it began, and one of the page’s script, are dropped', () => {
    const told: Told[] = [press, ['scroll', 11, { toY: 100 }], ['scroll', 11, { fromY: 100, toY: 0 }], ['scroll', 11, { cause: 'program' }]]
    expect(droppedOf(...told)).toEqual({ 'scroll.nothing': 2, program: 1 })
  })

  test('6.1 a shortcut is one action with its chord', () => {
    expect(lines(['key', -1, { chord: 'Control+Shift+K' }])).toEqual(['key - Control+Shift+K'])
  })

  test('6.2 copy, cut and paste are one action each, whoever told of them', () => {
    expect(lines(['key', 1, { chord: 'Control+C' }], ['clipboard', 1])).toEqual(['copy 1'])
    expect(lines(['clipboard', 1], ['key', 1, { chord: 'Meta+C' }])).toEqual(['copy 1'])
    expect(lines(['clipboard', 1, { operation: 'cut' }])).toEqual(['cut 1'])
    expect(lines(['key', 1, { chord: 'Control+C' }])).toEqual(['key 1 Control+C'])
  })

  test('6.3 text that a paste committed belongs to the paste', () => {
    const told: Told[] = [
      ['key', 1, { chord: 'Control+V' }],
      ['clipboard', 1, { operation: 'paste' }],
      ['text', 1, { after: 'pasted', cause: 'paste' }],
    ]
    expect(lines(...told)).toEqual(['paste 1'])
    expect(ambient(told)?.steps[0]?.action.after).toBe('pasted')
  })
})

describe('navigation', () => {
  test('7.1 a navigation that follows a click is the click’s change', () => {
    const first = stretch([['click', 10]], { closedAtEpochMs: 1 })
    const second = stretch([['recorder', -1], ['navigate', -1, { cause: 'load' }], press], { producer: 'doc-2', closedAtEpochMs: 2 })
    const [episode] = episodesOf(first, second)
    expect(linesOf(episode)).toEqual(['click 10', 'click 3'])
    expect(episode?.steps[0]?.change).toBe('navigation')
  })

  test('7.2 a navigation without an act, and a script’s long after one, are dropped', () => {
    expect(droppedOf(['navigate', -1, { cause: 'load' }], press, ['navigate', -1, { cause: 'program', gap: 4 }])).toEqual({
      load: 1,
      program: 1,
    })
  })

  test('7.3 an address that was typed is an action', () => {
    expect(lines(['navigate', -1, { cause: 'typed', url: 'https://a.test/x' }])).toEqual(['navigate - https://a.test/x'])
  })

  test('7.4 reload and history by key are one action each', () => {
    expect(lines(['key', -1, { chord: 'F5' }], ['navigate', -1, { cause: 'load' }])).toEqual(['reload -'])
    expect(lines(['key', -1, { chord: 'Alt+ArrowLeft' }], ['navigate', -1, { cause: 'history' }])).toEqual(['back -'])
    expect(lines(['click', -1, { button: 3 }], ['navigate', -1, { cause: 'history' }])).toEqual(['back -'])
  })

  test('7.5 steps through the history are told apart by their addresses', () => {
    const to = (url: string, cause: string): Told => ['navigate', -1, { url, cause }]
    const told = [to('/a', 'load'), press, to('/b', 'link'), to('/a', 'history'), to('/b', 'history')]
    expect(lines(...told)).toEqual(['click 3', 'back -', 'forward -'])
  })

  test('7.6 a submission belongs to the act before it, and is an orphan without one', () => {
    expect(ambient([press, ['submit', -1]])?.steps[0]?.action.events).toEqual([0, 1])
    expect(ambient([['submit', -1], press])?.quality.orphans).toBe(1)
  })
})

test('7.7 a search that changes the query alone does not cut the text that is typed in two', () => {
  const told: Told[] = [
    ['click', 1],
    ['text', 1, { after: '1' }],
    ['navigate', -1, { url: 'https://a.test/orders', cause: 'keyboard' }],
    ['text', 1, { before: '1', after: '1001' }],
    ['navigate', -1, { url: 'https://a.test/orders', cause: 'program' }],
    press,
  ]
  expect(lines(...told)).toEqual(['type 1 1001', 'click 3'])
  expect(ambient(told)?.steps[0]?.action.events).toEqual([0, 1, 2, 3, 4])
})

describe('steps', () => {
  test('8.1 the observation is the one before the action, the change comes from the next', () => {
    const seen = [observation(0, form), observation(1, form.slice(0, 3)), observation(2, form.slice(0, 3))]
    const told: Told[] = [press, ['click', 2, { observation: 1 }], ['click', 2, { observation: 2 }]]
    const [episode] = episodesOf(stretch(told, { observations: seen }))
    expect(episode?.steps.map((step) => [step.observation.id, step.change])).toEqual([
      [0, 'page'],
      [1, 'none'],
      [2, 'unknown'],
    ])
  })

  test('8.2 the target has its role, name and box from the observation', () => {
    expect(ambient([press])?.steps[0]?.action.target).toEqual({ node: 3, role: 'button', name: 'Save', box: [30, 10, 40, 20] })
  })

  test('8.3 a click on no node that changed nothing is dropped, one that changed the page is kept', () => {
    const clickNowhere: Told = ['click', -1]
    const next = (nodes: typeof form): Stretch =>
      stretch([clickNowhere, ['click', 3, { observation: 1 }]], { observations: [observation(0, form), observation(1, nodes)] })
    expect(episodesOf(next(form))[0]?.quality.dropped).toEqual({ background: 1 })
    expect(linesOf(episodesOf(next([node(3, 'button', 'Other')]))[0])).toEqual(['click -', 'click 3'])
  })

  test('8.4 an action before which nothing was sensed is dropped', () => {
    const [episode] = episodesOf(
      stretch(
        [
          ['click', 3, { observation: -1 }],
          ['click', 3, { observation: 0 }],
        ],
        { observations: [observation(0, form)] },
      ),
    )
    expect(episode?.quality).toMatchObject({ withoutObservation: 1, dropped: { 'no-observation': 1 } })
  })

  test('8.5 the recorder’s pauses and gaps are counted', () => {
    const told: Told[] = [
      press,
      ['recorder', -1, { phase: 'pause' }],
      ['gap', -1],
      ['focus', 1],
      press,
      ['recorder', -1, { phase: 'stop' }],
    ]
    expect(ambient(told)?.quality).toMatchObject({ gaps: 2, dropped: { recorder: 2, gap: 1, focus: 1 } })
  })

  test('8.5 what is told of tabs changes no step, and is no gap', () => {
    const told: Told[] = [press, ['tab', -1], ['tab', -1, { phase: 'switch' }], ['focus', 1], press]
    const without = ambient(told.filter(([kind]) => kind !== 'tab'))
    expect(linesOf(ambient(told))).toEqual(linesOf(without))
    expect(ambient(told)?.quality).toMatchObject({ gaps: 0, orphans: 0, dropped: { tab: 2, focus: 1 } })
  })
})
