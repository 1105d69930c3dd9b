import { decide } from '@overt/privacy'

import type { Recording } from './options.ts'
import { record } from './record-whole.ts'

/** Why a script tag's recording did not begin. */
export type ScriptAnswer = { readonly ok: true; readonly value: Recording } | { readonly ok: false; readonly reason: string }

/**
 * `<script src="overt.iife.js" data-endpoint="https://..." data-device="..." data-device-key="..." data-receipt="receipt.json" data-manifest="manifest.json" data-keys="keys.json">`
 * records against a server that the person has enrolled with; `data-purpose` (default `ground`) and `data-session` are optional. null without `data-endpoint`.
 */
export function startFromScript(script: Element | null): Promise<ScriptAnswer> | null {
  const given: Readonly<Record<string, string | undefined>> = script instanceof HTMLElement ? script.dataset : {}
  return given['endpoint'] === undefined ? null : start(given['endpoint'], given)
}

async function start(endpoint: string, given: Readonly<Record<string, string | undefined>>): Promise<ScriptAnswer> {
  try {
    const [receipt, manifest, keys] = await Promise.all(['receipt', 'manifest', 'keys'].map((name) => load(given[name])))
    const purpose = (given['purpose'] ?? 'ground') as 'ground' // as: decide refuses what is no purpose
    const trusted = Array.isArray(keys) ? keys : keys instanceof Object && 'keys' in keys && Array.isArray(keys.keys) ? keys.keys : []
    const decision = await decide(receipt, manifest, purpose, Date.now(), { keys: trusted })
    if (!decision.ok) return { ok: false, reason: decision.reason }
    const { device = '', deviceKey = '', session } = given
    return {
      ok: true,
      value: record(decision.value, { endpoint, deviceId: device, deviceKey, ...(session === undefined ? {} : { session }) }),
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
