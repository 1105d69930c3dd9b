import type { Manifest } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

type Apps = Manifest['apps']

/** What changed from one manifest to another, in plain words, one sentence each; what widens it says so. */
export function diffManifests(before: Manifest, after: Manifest): readonly string[] {
  return [
    ...changedList('purpose', before.purposes, after.purposes),
    ...changedList('recipient', before.recipients, after.recipients),
    ...changedApps(before.apps, after.apps),
    ...changedDays(before.retentionDays, after.retentionDays),
    ...changedRest(before, after),
  ]
}

function changedList(noun: string, before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...after.filter((item) => !before.includes(item)).map((item) => `Wider: ${noun} "${item}" was added.`),
    ...before.filter((item) => !after.includes(item)).map((item) => `Narrower: ${noun} "${item}" was removed.`),
  ]
}

function changedApps(before: Apps, after: Apps): readonly string[] {
  const names = [...new Set([...before, ...after].map((app) => app.name))]
  return names.flatMap((name) => {
    const old = before.filter((app) => app.name === name)
    const now = after.filter((app) => app.name === name)
    if (old.length === 0) return [`Wider: app "${name}" was added.`]
    if (now.length === 0) return [`Narrower: app "${name}" was removed.`]
    const list = (apps: Apps, key: 'origins' | 'paths' | 'exceptPaths' | 'modalities') => apps.flatMap((app): readonly string[] => app[key])
    return [
      ...changedList(`"${name}" origin`, list(old, 'origins'), list(now, 'origins')),
      ...changedList(`"${name}" path`, list(old, 'paths'), list(now, 'paths')),
      // An exception that goes is a widening: the two lists change places.
      ...changedExceptions(name, list(old, 'exceptPaths'), list(now, 'exceptPaths')),
      ...changedList(`"${name}" modality`, list(old, 'modalities'), list(now, 'modalities')),
    ]
  })
}

function changedExceptions(name: string, before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((path) => !after.includes(path)).map((path) => `Wider: "${name}" no longer leaves out "${path}".`),
    ...after.filter((path) => !before.includes(path)).map((path) => `Narrower: "${name}" now leaves out "${path}".`),
  ]
}

function changedDays(before: Manifest['retentionDays'], after: Manifest['retentionDays']): readonly string[] {
  return (['events', 'frames', 'datasets'] as const)
    .filter((kind) => before[kind] !== after[kind])
    .map((kind) => `${after[kind] > before[kind] ? 'Wider' : 'Narrower'}: ${kind} are kept ${after[kind]} days instead of ${before[kind]}.`)
}

/** Fields whose direction only a person can judge. */
function changedRest(before: Manifest, after: Manifest): readonly string[] {
  const words = {
    operator: 'the operator',
    hours: 'the hours',
    legalBasis: 'the legal basis',
    redaction: 'the redaction version',
    assessment: 'the impact assessment',
    noticeDays: 'the notice period',
    expiresAtEpochMs: 'the expiry',
    scope: 'the scope',
    councilKeyId: "the council's key",
  } as const
  return (Object.keys(words) as (keyof typeof words)[]) // as: the keys of a literal of our own
    .filter((key) => canonicalJson(before[key]) !== canonicalJson(after[key]))
    .map((key) => `Changed: ${words[key]}, from ${canonicalJson(before[key])} to ${canonicalJson(after[key])}.`)
}
