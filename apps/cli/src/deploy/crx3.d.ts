/** What we call of it; the package has no types of its own. */
declare module 'crx3' {
  interface Options {
    readonly keyPath: string
    readonly crxPath: string
    readonly xmlPath: string
    readonly crxURL: string
    /** Epoch milliseconds of every file in the package. */
    readonly forceDateTime: number
  }

  /** Packs the folder of a `manifest.json`. `appId`: 32 letters, made of the key. */
  export default function crx3(paths: readonly string[], options: Options): Promise<{ readonly appId: string }>
}
