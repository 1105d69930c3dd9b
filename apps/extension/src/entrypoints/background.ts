import { startWorker } from '../worker/start.ts'

export default { type: 'module', main: startWorker }
