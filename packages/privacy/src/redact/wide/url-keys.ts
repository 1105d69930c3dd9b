import { allMatches } from '../match.ts'
import { isSample } from '../sample.ts'
import type { Detector } from '../span.ts'

/** Words of more languages for what opens something, as a whole parameter's name; parts of others they are too often: "vehicle". */
const parameter =
  /(?<=[?&;])(?:cl[eé]f?|kod|c[óo]digo|chave|clave|contrase[ñn]a|senha|mdp|has[lł]o|sleutel|wachtwoord|anahtar|[sş]ifre|schl(?:ü|ue)ssel|parola|pin|tan)=([^&#\s"'<>\x80]{4,64})/giu

/** What opens something in an address, by words that a page's redactor has no room for. */
export const findUrlKeys: Detector = (text) =>
  text.includes('://')
    ? allMatches(text, parameter).flatMap(({ index, 0: { length }, 1: value = '' }) =>
        isSample(value) ? [] : [{ start: index + length - value.length, end: index + length, kind: 'url_token' as const }],
      )
    : []
