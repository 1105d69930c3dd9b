import type { Modality, Purpose } from '@overt/schema'

import { isGerman } from './sign-words.ts'

/** What the consent card says, in one language. No word here is one of ours: no manifest, no receipt, no modality. */
export interface CardWords {
  readonly title: (operator: string) => string
  readonly who: string
  readonly what: string
  readonly byName: string
  readonly why: string
  readonly where: string
  readonly howLong: string
  readonly start: string
  readonly later: string
  readonly leave: string
  readonly only: (places: string) => string
  readonly kept: (eventDays: number, datasetDays: number) => string
  readonly modality: Readonly<Record<Modality, string>>
  readonly purpose: Readonly<Record<Purpose, string>>
}

const english: CardWords = {
  title: (operator) => `${operator} asks to record how you work`,
  who: 'Who asks',
  what: 'What is recorded',
  byName: 'In pictures, only if you tick it',
  why: 'What for',
  where: 'Where it goes',
  howLong: 'How long it is kept',
  start: 'Start',
  later: 'Not now',
  leave: 'Saying no has no consequence. You can pause, stop and erase at any time.',
  only: (places) => `Only in ${places}. Nothing else.`,
  kept: (eventDays, datasetDays) => `Recordings ${eventDays} days, training sets made from them ${datasetDays} days.`,
  modality: {
    actions: 'What you click, choose and open',
    text: 'What you type into ordinary fields, after names, numbers and secrets are masked; passwords never',
    structure: 'Labels and layout of the page around it',
    pixels: 'Pictures of the page, with private parts blacked out',
    drawings: 'Also what pages draw themselves (charts, maps), with nothing private blacked out',
    films: 'Also films, with nothing private blacked out',
    paths: 'How the pointer moves',
    desktop: 'The same in other programs on this computer',
  },
  purpose: {
    ground: 'Teach software to see and operate screens',
    assist: 'Build helpers for people who do this work',
    automate: 'Build software that may do steps of this work by itself',
    evaluate: 'Test software, never people',
    correct: 'Learn from what people put right',
    improve: 'Find what slows groups of at least ten people down',
    share: 'Give it to others outside',
  },
}

const german: CardWords = {
  title: (operator) => `${operator} möchte aufnehmen, wie Sie arbeiten`,
  who: 'Wer fragt',
  what: 'Was aufgenommen wird',
  byName: 'In Bildern, nur wenn Sie es ankreuzen',
  why: 'Wofür',
  where: 'Wohin es geht',
  howLong: 'Wie lange es bleibt',
  start: 'Beginnen',
  later: 'Jetzt nicht',
  leave: 'Ein Nein hat keine Folgen. Sie können jederzeit pausieren, beenden und löschen.',
  only: (places) => `Nur in ${places}. Sonst nirgends.`,
  kept: (eventDays, datasetDays) => `Aufnahmen ${eventDays} Tage, daraus gemachte Trainingsdaten ${datasetDays} Tage.`,
  modality: {
    actions: 'Was Sie anklicken, auswählen und öffnen',
    text: 'Was Sie in gewöhnliche Felder schreiben, nachdem Namen, Nummern und Geheimnisse verdeckt sind; Passwörter nie',
    structure: 'Beschriftungen und Aufbau der Seite darum herum',
    pixels: 'Bilder der Seite, Privates geschwärzt',
    drawings: 'Auch was Seiten selbst zeichnen (Diagramme, Karten), ohne dass Privates geschwärzt wird',
    films: 'Auch Filme, ohne dass Privates geschwärzt wird',
    paths: 'Wie sich der Zeiger bewegt',
    desktop: 'Dasselbe in anderen Programmen auf diesem Rechner',
  },
  purpose: {
    ground: 'Software beibringen, Bildschirme zu lesen und zu bedienen',
    assist: 'Hilfen für Menschen bauen, die diese Arbeit tun',
    automate: 'Software bauen, die Schritte dieser Arbeit selbst tun kann',
    evaluate: 'Software prüfen, nie Menschen',
    correct: 'Aus dem lernen, was Menschen berichtigen',
    improve: 'Finden, was Gruppen von mindestens zehn Menschen aufhält',
    share: 'Weitergabe an andere außerhalb',
  },
}

/** The words for a language tag; English where there are no others. */
export function cardWordsFor(language: string): CardWords {
  return isGerman(language) ? german : english
}
