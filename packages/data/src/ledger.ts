export { ownLedger, type OwnLedger } from './govern/own-ledger.ts'
export { verifyLedger } from './store/ledger-verify.ts'
