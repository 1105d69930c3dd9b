export { ocsfEvents } from './govern/ocsf.ts'
export { ownLedger, type OwnLedger } from './govern/own-ledger.ts'
export { readLogFolder } from './store/ledger-folder.ts'
export { verifyLedger } from './store/ledger-verify.ts'
