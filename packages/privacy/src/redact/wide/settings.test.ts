import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

/** Made up here; between the brackets stands what must not stay. */
test.each([
  'WIFI:T:WPA;S:Kajak Verleih;P:{paddelboot};;',
  'WIFI:S:Bar;H:true;P:{una noche\\;larga};T:WPA2;;',
  'password = {winter rain}',
  '[share]\nuser = backup\nwachtwoord = {acht natte sokken}\npath = /mnt',
  'SMTP_USER=noreply\nSMTP_PASS={pigeon loft 9}\nSMTP_PORT=587',
  'export SESSION_SECRET={herons sleep standing up} # keep',
  'Panel\nUser name   installer\nPassword    {pumphouse}\nPort        8080',
  'Network       Orchard\nSecurity      WPA2 Personal\nPassword      {quinces and pears}\nAuto-join     On',
  'MongoClient("mongodb://kitchen:{Sieve%2FWhisk}@mongo1,mongo2/orders?replicaSet=rs0")',
  'jdbc:oracle:thin:reader/{Salamandra7}@//ora02:1521/STOCK',
  "UPDATE users SET password = MD5('{greenhouse}') WHERE login = 'temp07';",
  'curl_setopt($ch, CURLOPT_USERPWD, "station:{Nebelhorn}");',
  'requests.get(url, auth=("meter", "{amp volt ohm}"))',
  "sshpass -p '{plum pudding}' rsync -a out/ kiosk:/var/www/",
  'site\tuser\tclave\nNorte\tn01\t{ciruela}\nSur\ts01\t{higos secos}',
  'Filial;Rede;Chave\nCentro;LOJA;{mexerica}\nPraia;sem wifi;-',
  "INSERT INTO logins (login, password) VALUES ('till1', '{rosehip}'), ('till2', '{damson jam}');",
])('a secret is masked where a file, a form or a format has its place: %s', (marked) => {
  const secrets = [...marked.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '')
  const { text } = redactText(marked.replace(/[{}]/g, ''))
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
})

test.each([
  'password = see the vault',
  'password = required when remote',
  'password = old password or none',
  'token = a + b',
  'Language            English                      [Change]\nPassword            last changed 214 days ago   [Change]',
  ' PASS  src/cart.test.ts (3 s)\n PASS  src/rates.test.ts\n FAIL  src/plural.test.ts',
  '  505  passwd\n  506  history -c',
  '  password_hash CHAR(60) NOT NULL,\n  api_token     UUID,\n  phone         VARCHAR(32)',
  '  username             = var.db_username\n  password             = random_password.db.result',
  'https://host.example:8080/path@x/y',
  'jdbc:mysql://admin:pass@localhost:3306/shop',
  'key  door\nbrass  north\nsteel  south',
  'INSERT INTO users (login, password) VALUES (?, ?)',
  "INSERT INTO parts (code, colour) VALUES ('B-12', 'amber')",
])('what a file or a form says without a secret stays: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test('rows that a database is told to put in are read by the names of its columns', () => {
  const rows =
    "INSERT INTO `staff` (`id`, `first_name`, `surname`, `dob`, `team`) VALUES\n (1, 'Ute', 'O''Zorblat', '1971-05-04', 'B'), (2, 'quux', 'zaręba', NULL, 'C');"
  expect(redactText(rows).text).toBe(
    "INSERT INTO `staff` (`id`, `first_name`, `surname`, `dob`, `team`) VALUES\n (1, '[PERSON_1]', '[PERSON_2]', '[DATE_OF_BIRTH_1]', 'B'), (2, '[PERSON_3]', '[PERSON_4]', NULL, 'C');",
  )
})
