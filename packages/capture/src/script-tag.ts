import { decide } from '@overt/privacy'

import type { Recording } from './options.ts'
import { record } from './record-whole.ts'

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
    return {
      ok: true,
      value: record(decision.value, {
        endpoint,
        deviceKey,
        ...(device === undefined ? {} : { deviceId: device }),
        ...(session === undefined ? {} : { session }),
      }),
    }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : 'unknown' }
  }
}

async function load(url: string | undefined): Promise<unknown> {
  if (url === undefined) return null
  const document: unknown = await (await fetch(url, { credentials: 'same-origin' })).json()
  return document
}
