import { useEffect, useRef } from 'react'

import { ask } from '../ui/api.ts'
import type { FromTool } from './messages.ts'

interface ToolProps {
  readonly url: string
  /** Rises by one whenever the person wants to be asked again. */
  readonly asked: number
  readonly onMessage: (message: FromTool) => void
}

/** The back office in a frame of its own origin. It asks for a one-time enrolment; what it tells stays in this browser. */
export function Tool({ url, asked, onMessage }: ToolProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    const listen = (event: MessageEvent<unknown>) => {
      if (event.origin !== new URL(url).origin || event.source !== frame.current?.contentWindow) return
      const message = event.data as FromTool // as: from the one page we framed; its own code makes nothing else
      if (message.overt === 'hello') void enrol(frame.current, url)
      else onMessage(message)
    }
    window.addEventListener('message', listen)
    return () => window.removeEventListener('message', listen)
  }, [url, onMessage])
  useEffect(() => {
    if (asked > 0) frame.current?.contentWindow?.postMessage({ overt: 'ask' }, new URL(url).origin)
  }, [asked, url])
  // oxlint-disable-next-line react/iframe-missing-sandbox -- its own origin is the wall; a sandbox would take its IndexedDB and with it the device key
  return <iframe ref={frame} src={url} title="The back office" className="block size-full border-0 bg-white" />
}

async function enrol(frame: HTMLIFrameElement | null, url: string): Promise<void> {
  const { token, person } = await ask<{ token: string; person: string }>('/v1/enrolments', {})
  frame?.contentWindow?.postMessage({ overt: 'enrol', token, person }, new URL(url).origin)
}
