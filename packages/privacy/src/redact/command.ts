import { more } from '#wide/more'

import type { Family } from './beginning.ts'
import { allMatches } from './match.ts'
import { isOpenPair, isSample } from './sample.ts'
import type { Detector } from './span.ts'

const line = '[^\\n|;]*? '
/** Commands and calls that take a password without a word for it, and what stands between. */
const between: Readonly<Record<string, string>> = {
  ...more.commands,
  mysql: `\\w*${line}-p`,
  mariadb: `\\w*${line}-p`,
  '7z': `a?${line}-p`,
  sshpass: ' -p ?',
  zip: `${line}-P ?`,
  'docker login': `${line}-p `,
  'redis-cli': `${line}-a `,
  ldap: `\\w+${line}-w `,
  htpasswd: ' -\\w+ \\S+ \\S+ ',
  storepass: ' ',
  keypass: ' ',
  smbclient: `${line}-U ?[^\\s%]+%`,
  'net use': `${line}(?:\\\\\\\\\\S+|/user:\\S+) `,
  'net user': ' \\S+ ',
  securestring: ' (?:-String )?',
  'identified by': ' (?:password )?',
  'auth=(': `["'][^\\s"']+["'], ?`,
  echo: ' (?=[^\\n|]+\\| ?(?:sudo -S|chpasswd|[^\\n|]+--password-stdin))',
}
const reach = 160
const patterns = new Map(
  Object.entries(between).map(([name, own]) => [name, new RegExp(`^${own}["']?([^\\s"'$<{*/\\\\|-][^\\s"'|\\x80]{2,64})`, 'i')]),
)
/** Placed there by a manual. */
const open = /^(?:pass(?:w(?:or)?d)?|pw|secret|token|test)$/i

/** Words that such passwords follow. */
export const commandWords: Readonly<Record<'command', Family>> = {
  command: {
    pieces: Object.keys(between)
      .reverse()
      .map((name) => name.replace('(', '\\(')),
    pattern: (own) => `(?<![\\p{L}\\p{N}])(?:${own})`,
  },
}

/** Passwords in command lines and scripts. */
export const findCommands: Detector = (text, look) =>
  look.words('command').flatMap(({ text: name, end }) => {
    const match = patterns.get(name.toLowerCase())?.exec(text.slice(end, end + reach))
    const found = match?.[1]?.replace(/[,;)]+$/, '') ?? ''
    if (match === undefined || match === null || found.length < 3 || isSample(found) || open.test(found)) return []
    const start = end + match[0].length - (match[1] ?? '').length
    return [{ start, end: start + found.length, kind: 'secret' }]
  })

/** A name and a password as curl and those like it take them. */
const login = /\s(?:-u[ =]?|--user[ =])(["']?[^\s"'$<{\x80]{0,64}:["']?[^\s"'$<{\x80][^\s"']{3,128}["']?)/g

/** Logins in command lines, whatever the command. */
export const findLogins: Detector = (text) =>
  !text.includes('-u')
    ? []
    : allMatches(text, login).flatMap(({ index, 0: whole, 1: found = '' }) => {
        const end = index + whole.length
        return isSample(found) || isOpenPair(found) ? [] : [{ start: end - found.length, end, kind: 'secret' as const }]
      })
