/** A token bucket for every device. */
export interface QuotaOptions {
  /** Batches a device may send at once. */
  readonly burst: number
  readonly perSecond: number
}

/** Limits what one device may send. */
export class Quota {
  readonly #options: QuotaOptions
  readonly #buckets = new Map<string, { left: number; atEpochMs: number }>()

  constructor(options: QuotaOptions) {
    this.#options = options
  }

  /** Takes one from the device's bucket: 0, or the whole seconds until there is one again. */
  take(device: string, nowEpochMs: number): number {
    const { burst, perSecond } = this.#options
    const bucket = this.#buckets.get(device) ?? { left: burst, atEpochMs: nowEpochMs }
    const refill = (Math.max(0, nowEpochMs - bucket.atEpochMs) / 1_000) * perSecond
    const left = Math.min(burst, bucket.left + refill)
    this.#buckets.set(device, { left: left >= 1 ? left - 1 : left, atEpochMs: nowEpochMs })
    return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond)
  }
}
