import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

/** Made up here; between the brackets stands what must not stay. */
test.each([
  'what is the pin for the side door?\n[7734]',
  'quelle est la clé du wifi, le mot de passe ?\n[citron+menthe5]',
  'Für das Archiv wird ein Kennwort verlangt, es ist dieses:\n[Apfel.Baum3]',
  '[Neko&Inu88] が共有フォルダのパスワードです',
  '保险箱密码改成[660412]了',
  'пароль от кассы магазина [Ёлка!Шар4], не теряй',
  '[copper-mug-lantern] is the new password of the tablet',
  'Il cancello si apre con il codice [4409]',
  'Kod do bramy to [8812#], proszę zapamiętać',
  'The key box by the stairs opens with [5520]',
  'o alarme desarma com [7719] à noite',
  'Kluiscode: [12-40-77]',
  'Digicode : [38B12]',
  'het wachtwoord is veranderd in [Linde8hof]',
  'Kode til døren er [4471]',
  '현관 비밀번호 [1357]',
  'the SSH key phrase, written as told: passphrase "[blue horse eats rain]"',
  '[664120] — код подтверждения входа',
  'Jednorazowy kod: [551 204], nikomu go nie podawaj',
  'Tek kullanımlık şifreniz [440172]',
  'Recovery codes\nEach works once.\n\n1. [4410-9921]  2. [7702-1183]\n3. [9035-6612]  4. [2270-4481]',
  'Sicherheitsfrage: Wie hieß Ihr erstes Haustier?\nAntwort: [Mieze Kater]',
  'Use this app password: [wqzk xvbn tphd jrgm]',
  'wallet\n[velvet orbit cactus lemon harbor tiger puzzle ocean magnet ribbon saddle walnut]\n',
  'admin:[$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy]',
  'username ops password 7 [094F471A1A0A4520]',
  'snmp-server community [w1nterRead] RO',
  '<add key="MailPassword" value="[brief.Marke7]" />',
  "await page.type('#password', '[probe-Lauf3]')",
  '$ pass show shop/till\n[quietHarbourNine]\n',
  'unzip -P [blueBird77] data.zip',
  'magazyn → lager04 / [Kartka_Papier6]',
  "clé d'accès en deux, mot de passe :\npremière moitié : [Pomme+]\ndeuxième partie : [Verte22]",
  'let password: &str = "[ferry_ghost]"',
  'when it asks for the password, type\n[Bread-And-Butter4]\nand go on',
  'frase semilla: [orbit lemon cactus velvet harbor tiger puzzle ocean magnet ribbon saddle walnut]',
  'Der Tresor im Flur geht mit [14-72-90] auf',
  "L'alarme se désactive avec [9921]",
  'Réseau : Invites\nClé : [tournesol]',
  'le mot de passe « [grande porte verte] »',
  'Palabra secreta: [girasol]',
  '| Servicio | Usuario | Clave |\n|---|---|---|\n| Correo | ana | [Mesa.Azul9] |',
])('R4 a secret is masked wherever it stands from the word for it: %s', (text) => {
  const secrets = [...text.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1] ?? '')
  const { text: left } = redactText(text.replace(/\[([^\]]+)\]/g, '$1'))
  expect(secrets.filter((secret) => left.includes(secret))).toEqual([])
})

test.each([
  'Forgot your password?\nCall 4471 or write to the desk.',
  'What is the password policy?\nSee section 4.2 of the handbook.',
  'Enter your password:\nRemember me',
  'Alarm 4711 ausgelöst, Pumpe 3',
  'Die Tür ist 1200 mm breit',
  'Kod produktu: 482913',
  'Alarm: 2024-05-01 10:22',
  'le mot de passe « oublié »',
  'wallet is: the brown one that my mother bought last year when they were on sale',
  '密码长度为8-16位',
  'パスワードは8文字以上で入力してください',
  '注文番号 551764 を発送しました',
  '["username", "password", "email2"]',
  "cy.get('#password').should('be.visible')",
  'Print your backup codes\nKeep them in a safe place.',
  'make sure that they come with this work',
  'vault kv get secret/app/db',
  'Old_Name1 → New_Name2',
  'unzip -o archive.zip -d out',
])('R8 what only stands near the word stays: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})
