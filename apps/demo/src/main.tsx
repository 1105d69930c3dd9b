import { createRoot } from 'react-dom/client'

import { startRecorder } from './record/recorder.ts'
import { openBackEnd, type BackEnd } from './shop/back-end.ts'
import { shopOf, type Shop } from './shop/shop.ts'
import { shown } from './tasks/act.ts'
import { overtTask } from './tasks/install.ts'
import { BackOffice } from './tool/back-office.tsx'

function start(host: HTMLElement): void {
  const { search } = location
  const root = createRoot(host)
  let opened = 0
  const open = async (shop: Shop): Promise<BackEnd> => {
    const backEnd = openBackEnd(shop)
    history.replaceState(null, '', '/orders')
    opened += 1
    root.render(<BackOffice key={opened} backEnd={backEnd} opened={opened} />)
    await shown(`[data-opened="${opened}"] tbody tr`)
    return backEnd
  }
  startRecorder(window).catch((error: unknown) => {
    document.documentElement.dataset['overtError'] = String(error)
  })
  void open(shopOf(new URLSearchParams(search).get('seed') ?? 'kestrel'))
  Object.assign(window, { overtTask: overtTask(search, open) })
}

const host = document.getElementById('root')
if (host !== null) start(host)
