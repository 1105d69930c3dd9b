/** What we call of it; the package has no types of its own. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  interface Recognition {
    /** 0 where it holds. `engine` 1: the neural one alone. */
    Init(folder: null, language: string, engine: 1): number
    /** Takes `/input`; 1 where it is no image. `orientation` as in EXIF. */
    SetImageFile(orientation: 1, radians: number): number
    Recognize(monitor: null): number
    /** Tab-separated, a line for each page, block, paragraph, line and word, with their boxes. */
    GetTSVText(page: 0): string
  }

  /** Tesseract as a WebAssembly module, with files of its own in memory. */
  export interface Engine {
    readonly FS: { writeFile(path: string, bytes: Uint8Array): void }
    readonly TessBaseAPI: new () => Recognition
  }

  export default function openEngine(): Promise<Engine>
}
