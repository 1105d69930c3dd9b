import { startRecorder } from '../page/recorder.ts'

/** Once a document: an update of the extension runs it again in the tabs that are open, beside what is left of the one before. */
export default {
  main: (): void => {
    const here = globalThis as { overtRuns?: () => boolean } // as: this script's own world, which the page does not see
    if (here.overtRuns?.() === true) return
    here.overtRuns = startRecorder()
  },
}
