import type { Recording } from '@overt/capture'
import { createRoot } from 'react-dom/client'

import { startRecorder } from './record/recorder.ts'
import { recordTask } from './record/task.ts'
import { openBackEnd, type BackEnd } from './shop/back-end.ts'
import { shopOf, type Shop } from './shop/shop.ts'
import { shown } from './tasks/act.ts'
import { overtTask } from './tasks/install.ts'
import { refundRule } from './tasks/refund.ts'
import { BackOffice } from './tool/back-office.tsx'

function start(host: HTMLElement): void {
  const { search } = location
  const seed = new URLSearchParams(search).get('seed') ?? 'kestrel'
  const driven = new URLSearchParams(search).has('task')
  const root = createRoot(host)
  let opened = 0
  let recording: Recording | null = null
  const open = async (shop: Shop): Promise<BackEnd> => {
    const backEnd = openBackEnd(shop)
    history.replaceState(null, '', '/orders')
    opened += 1
    root.render(<BackOffice key={opened} backEnd={backEnd} opened={opened} />)
    await shown(`[data-opened="${opened}"] tbody tr`)
    return backEnd
  }
  const run = refundRule.start(seed, {})
  const first = open(driven ? shopOf(seed) : run.shop)
  startRecorder(window, new URLSearchParams(search).has('again'), (started, parent) => {
    recording = started
    if (!driven) void first.then((backEnd) => recordTask({ run, backEnd, template: 'back-office/refund-rule', seed }, started, parent))
  }).catch((error: unknown) => {
    document.documentElement.dataset['overtError'] = String(error)
  })
  Object.assign(window, { overtTask: overtTask(search, open, () => recording) })
}

const host = document.getElementById('root')
if (host !== null) start(host)
