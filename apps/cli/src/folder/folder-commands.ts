import { backup } from './backing-up.ts'
import { enrol, grant, receipts, withdraw } from './consent.ts'
import { devices, revoke } from './devices.ts'
import { build, copy, mayTrain, placeOf, revoked, trained } from './release.ts'
import { episode, episodes, sessions } from './reading.ts'
import { erase } from './erasing.ts'
import { facts } from './facts.ts'
import { pictures } from './checking.ts'
import { importMiniwob } from './importing.ts'
import { heldPictures, judgePicture, lookAtPicture } from './judging.ts'
import { entries, siem, verify } from './proving.ts'
import { restrict } from './restricting.ts'
import { compact, retention } from './retaining.ts'
import { record } from './recording.ts'
import { councilKeys, kill, stopState, trustCouncil, turnKey } from './stopping.ts'
import { takeout } from './takeout.ts'

/** What a command may ask of a data folder. Arguments and results are JSON: they may cross the folder's socket. */
export const folderCommands = {
  backup,
  build,
  compact,
  copy,
  councilKeys,
  devices,
  enrol,
  entries,
  episode,
  episodes,
  erase,
  facts,
  grant,
  heldPictures,
  importMiniwob,
  judgePicture,
  kill,
  lookAtPicture,
  mayTrain,
  pictures,
  placeOf,
  receipts,
  record,
  restrict,
  retention,
  revoke,
  revoked,
  sessions,
  siem,
  stopState,
  takeout,
  trained,
  trustCouncil,
  turnKey,
  verify,
  withdraw,
} as const
export type FolderCommands = typeof folderCommands
