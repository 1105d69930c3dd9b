import type { Manifest, Only } from '@overt/schema'
import { canonicalJson, recordedFields } from '@overt/schema/words'

type Apps = Manifest['apps']

/** What changed from one manifest to another, in plain words, one sentence each; what widens it says so. */
export function diffManifests(before: Manifest, after: Manifest): readonly string[] {
  return [
    ...changedList('purpose', before.purposes, after.purposes),
    ...changedList('recipient', before.recipients, after.recipients),
    ...changedApps(before.apps, after.apps),
    ...changedDays(before.retentionDays, after.retentionDays),
    ...changedList('field', before.fields ?? recordedFields(), after.fields ?? recordedFields()),
    ...changedOnly('It', before.only, after.only),
    ...changedRedaction(before.redaction, after.redaction),
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
      ...old.flatMap(({ only }, at) => changedOnly(`"${name}"`, only, now[at]?.only)),
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

/** A limit that goes, or gets one name more, is a widening. */
function changedOnly(what: string, before: Only = {}, after: Only = {}): readonly string[] {
  return (['network', 'region', 'contract', 'device'] as const).flatMap((kind) => {
    const [old, now] = [before[kind], after[kind]]
    if (canonicalJson(old) === canonicalJson(now)) return []
    const narrower = now !== undefined && (old === undefined || now.every((name) => old.includes(name)))
    const words = (names: readonly string[] | undefined): string => names?.join(', ') ?? 'any'
    return [`${narrower ? 'Narrower' : 'Wider'}: ${what} holds for ${kind} ${words(now)} instead of ${words(old)}.`]
  })
}

function changedRedaction(before: number, after: number): readonly string[] {
  if (before === after) return []
  return [`${after < before ? 'Wider: weaker' : 'Narrower: stronger'} redaction, version ${after} instead of ${before}.`]
}

/** Fields whose direction only a person can judge. */
function changedRest(before: Manifest, after: Manifest): readonly string[] {
  const words = {
    operator: 'the operator',
    hours: 'the hours',
    legalBasis: 'the legal basis',
    assessment: 'the impact assessment',
    noticeDays: 'the notice period',
    expiresAtEpochMs: 'the expiry',
    scope: 'the scope',
    councilKeyId: "the council's key",
    notices: 'the notices that have to be read',
    exemptions: 'who is exempt, in numbers',
    id: 'its name',
  } as const
  return (Object.keys(words) as (keyof typeof words)[]) // as: the keys of a literal of our own
    .filter((key) => canonicalJson(before[key]) !== canonicalJson(after[key]))
    .map((key) => `Changed: ${words[key]}, from ${told(before[key])} to ${told(after[key])}.`)
}

function told(value: unknown): string {
  return value === undefined ? 'none' : canonicalJson(value)
}
