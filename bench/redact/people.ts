import {
  faker, fakerAR, fakerDE, fakerEN_GB, fakerEN_US, fakerES, fakerFR, fakerJA, fakerNL, fakerPL, fakerPT_BR, fakerRU, fakerTR, fakerZH_CN, type Faker,
} from '@faker-js/faker' // prettier-ignore

import type { Draw } from './random.ts'

const fakers: Readonly<Record<string, Faker>> = {
  en: fakerEN_US, de: fakerDE, fr: fakerFR, es: fakerES, pt: fakerPT_BR, nl: fakerNL, tr: fakerTR, pl: fakerPL, ja: fakerJA, zh: fakerZH_CN, ar: fakerAR, ru: fakerRU,
} // prettier-ignore

/** The names, streets and towns of a language, seeded. */
export function fakerOf(language: string, seed: number): Faker {
  const found = fakers[language] ?? faker
  found.seed(seed)
  return found
}

/** A person's full name, written as the language does. */
export function personOf(language: string, names: readonly string[] | undefined, draw: Draw): string {
  if (names !== undefined) return draw.one(names)
  const found = fakerOf(language, draw.whole(2 ** 30))
  const first = found.person.firstName()
  const last = found.person.lastName()
  if (language === 'ja') return `${last}${draw.one(['', ' '])}${first}`
  return language === 'zh' ? last + first : `${first} ${last}`
}

/** Street, house number, post code and town as one line, in the order of the country. */
export function addressOf(language: string, draw: Draw): string {
  const seed = draw.whole(2 ** 30)
  const { location } = fakerOf(language, seed)
  fakerEN_GB.seed(seed)
  const [city, number] = [location.city(), String(1 + draw.whole(180))]
  const digits = (length: number): string => draw.text('123456789', length)
  const street = location.street()
  switch (language) {
    case 'de':
      return draw.one([`${street} ${number}, ${digits(5)} ${city}`, `${street} ${number}${draw.one(['', 'a', 'b'])}`])
    case 'fr':
      return draw.one([
        `${number} ${street.toLowerCase().replace(/(?<=\s)\p{Ll}/gu, (letter) => letter.toUpperCase())}, ${digits(5)} ${city}`,
        `${number}, ${draw.one(['rue', 'avenue', 'boulevard', 'place'])} ${draw.one(['Victor Hugo', 'de la Gare', 'des Lilas', 'Pasteur'])}`,
      ])
    case 'es':
      return draw.one([
        `${draw.one(['Calle', 'Avenida', 'Plaza', 'C/', 'Paseo'])} ${draw.one(['de Alcalá', 'Mayor', 'del Carmen', 'Cervantes'])} ${number}, ${digits(5)} ${city}`,
        `Calle ${location.city()}, ${number}`,
      ])
    case 'pt':
      return draw.one([
        `${draw.one(['Rua', 'Avenida', 'Travessa', 'Praça'])} ${draw.one(['das Flores', 'Augusta', 'da Liberdade', 'São João'])}, ${number}, ${digits(5)}-${digits(3)} ${city}`,
        `Rua ${location.city()}, n.º ${number}`,
      ])
    case 'nl':
      return draw.one([`${street} ${number}, ${digits(4)} ${draw.text('ABCDEFGHJK', 2)} ${city}`, `${street} ${number}`])
    case 'tr':
      return draw.one([
        `${location.city()} Mah. ${draw.one(['Atatürk', 'Cumhuriyet', 'İnönü'])} ${draw.one(['Cad.', 'Caddesi', 'Sok.', 'Sokak'])} No: ${number}, ${digits(5)} ${city}`,
        `${draw.one(['Gül', 'Lale', 'Menekşe'])} Sokak No:${number} Daire 4`,
      ])
    case 'pl':
      return draw.one([
        `ul. ${draw.one(['Mickiewicza', 'Długa', 'Kwiatowa', 'Jana Pawła II'])} ${number}, ${digits(2)}-${digits(3)} ${city}`,
        `al. Niepodległości ${number}/12`,
      ])
    default:
      return draw.one([
        `${number} ${street}, ${city}, ${draw.one(['CA', 'TX', 'NY', 'OH', 'WA'])} ${digits(5)}`,
        `${number} ${street}`,
        `${number} ${fakerEN_GB.location.street()}, ${city} ${draw.text('BDEGLMNS', 1)}${digits(1)} ${digits(1)}${draw.text('ABDEFGHJ', 2)}`,
      ])
  }
}
