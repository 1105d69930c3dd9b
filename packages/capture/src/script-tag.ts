import { decide, type Permit } from '@overt/privacy'

import type { Recording, RecordingState, RecordOptions } from './options.ts'
import { record } from './record-whole.ts'
import { mountTaskSign } from './show/task-sign.ts'

/** Why a script tag's recording did not begin. */
export type ScriptAnswer = { readonly ok: true; readonly value: Recording } | { readonly ok: false; readonly reason: string }

/**
 * `<script src="overt.iife.js" data-endpoint="https://..." data-enrolment="device.json" data-keys="keys.json">`
 * records against a server that the person has enrolled with: `data-enrolment` is what `overt device enrol --json` printed, or its parts are given as `data-receipt`, `data-manifest` and `data-device-key`. `data-device`, `data-purpose` (default `ground`) and `data-session` are optional. null without `data-endpoint`.
 */
export function startFromScript(script: Element | null): Promise<ScriptAnswer> | null {
  const given: Readonly<Record<string, string | undefined>> = script instanceof HTMLElement ? script.dataset : {}
  return given['endpoint'] === undefined ? null : start(given['endpoint'], given)
}

async function start(endpoint: string, given: Readonly<Record<string, string | undefined>>): Promise<ScriptAnswer> {
  try {
    const [enrolment, keys, ...apart] = await Promise.all(['enrolment', 'keys', 'receipt', 'manifest'].map((name) => load(given[name])))
    const enrolled = new Map<string, unknown>(Object.entries(enrolment ?? {}))
    const [receipt, manifest] = [apart[0] ?? enrolled.get('receipt'), apart[1] ?? enrolled.get('manifest')]
    const purpose = (given['purpose'] ?? 'ground') as 'ground' // as: decide refuses what is no purpose
    const trusted = Array.isArray(keys) ? keys : keys instanceof Object && 'keys' in keys && Array.isArray(keys.keys) ? keys.keys : []
    const decision = await decide(receipt, manifest, purpose, Date.now(), { keys: trusted })
    if (!decision.ok) return { ok: false, reason: decision.reason }
    const { device, deviceKey = String(enrolled.get('deviceKey')), session } = given
    const sender = { ...(device === undefined ? {} : { deviceId: device }), ...(session === undefined ? {} : { session }) }
    return { ok: true, value: recordWithTasks(decision.value, { endpoint, deviceKey, ...sender }) }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : 'unknown' }
  }
}

/** A page that only has the tag has no words of its own for a task, so the person gets the sign. */
function recordWithTasks(permit: Permit, options: RecordOptions): Recording {
  const sign = mountTaskSign(document, {
    onStart: (goal) => recording.startTask({ goal }),
    onEnd: (outcome) => recording.endTask({ outcome, by: 'person' }),
  })
  const onState = ({ state }: RecordingState): void => {
    if (state === 'stopped') sign.unmount()
    else sign.show(state === 'recording' ? 'on' : 'off')
  }
  const recording = record(permit, { ...options, onState })
  return recording
}

async function load(url: string | undefined): Promise<unknown> {
  if (url === undefined) return null
  const document: unknown = await (await fetch(url, { credentials: 'same-origin' })).json()
  return document
}
