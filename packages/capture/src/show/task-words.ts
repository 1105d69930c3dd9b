import { isGerman } from './sign-words.ts'

/** What the task sign says, in one language. */
export interface TaskWords {
  readonly region: string
  readonly offer: string
  readonly ask: string
  readonly kept: string
  readonly begin: string
  readonly cancel: string
  readonly success: string
  readonly failure: string
  readonly abandoned: string
}

const english: TaskWords = {
  region: 'Your task',
  offer: 'Start a task',
  ask: 'What are you going to do?',
  kept: 'Until you end it, what you type into ordinary fields is kept as well, with secrets masked.',
  begin: 'Start',
  cancel: 'Cancel',
  success: 'Done',
  failure: "Didn't work",
  abandoned: 'Stop without a result',
}

const german: TaskWords = {
  region: 'Ihre Aufgabe',
  offer: 'Aufgabe beginnen',
  ask: 'Was haben Sie vor?',
  kept: 'Bis Sie sie beenden, bleibt auch, was Sie in gewöhnliche Felder schreiben; Geheimnisse werden verdeckt.',
  begin: 'Beginnen',
  cancel: 'Abbrechen',
  success: 'Erledigt',
  failure: 'Ging nicht',
  abandoned: 'Ohne Ergebnis beenden',
}

/** The words for a language tag; English where there are no others. */
export function taskWordsFor(language: string): TaskWords {
  return isGerman(language) ? german : english
}
