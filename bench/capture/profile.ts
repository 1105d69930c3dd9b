/** A node of V8's profile. */
interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly children?: readonly number[]
}

/** What V8's profiler gives. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[]
  readonly samples?: readonly number[]
  /** Microseconds from each sample to the one before it. */
  readonly timeDeltas?: readonly number[]
}

/** Time in a recorder's own functions, and in natives that they call. */
export interface Attribution {
  readonly ms: number
  readonly byFunction: ReadonlyMap<string, number>
}

/** Adds up self time under the script's functions; a native counts for the nearest function above it that has an address. */
export function attribute(profile: CpuProfile, isRecorder: (url: string) => boolean): Attribution {
  const known = new Map(profile.nodes.map((node) => [node.id, node]))
  const above = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child): [number, number] => [child, node.id])))
  const owner = (id: number): ProfileNode | undefined => {
    let node = known.get(id)
    while (node !== undefined && node.callFrame.url === '') node = known.get(above.get(node.id) ?? -1)
    return node
  }
  const byFunction = new Map<string, number>()
  let ms = 0
  profile.samples?.forEach((id, at) => {
    const by = owner(id)
    if (by === undefined || !isRecorder(by.callFrame.url)) return
    const spent = (profile.timeDeltas?.[at] ?? 0) / 1_000
    const own = known.get(id)
    const native = own === by || own === undefined ? '' : ` > ${own.callFrame.functionName}`
    const name = `${by.callFrame.functionName || '(anonymous)'}:${by.callFrame.lineNumber + 1}${native}`
    byFunction.set(name, (byFunction.get(name) ?? 0) + spent)
    ms += spent
  })
  return { ms, byFunction }
}
