import { expect, test } from 'vitest'

import { redactText } from './text.ts'

const digest = '7d793037a0760186574b0282f2f435e7c58e3a1b'
const long = 'nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8'
const uuid = '96726c78-4ae3-402f-b08b-7a78c6903d2a'

test.each([
  `"integrity": "sha512-${long}${long}=="`,
  `github.com/pkg/errors v0.9.1 h1:${long}=`,
  `Fingerprint: SHA256:${long}`,
  `MD5 (disk.iso) = ${digest.slice(0, 32)}`,
  `${digest}  dist/app.tar`,
  `container ${digest}${digest.slice(0, 24)} exited`,
  `trace_id=${digest.slice(0, 32)} took 12 ms`,
  `requestId: "${digest.slice(0, 32)}"`,
  'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  `def _fixture_${uuid.replaceAll('-', '_')}(self, url):`,
  `subnet-0f1e2d3c4b5a69788 in use`,
  `https://github.com/acme/web/commit/${digest}`,
  `https://cdn.example.com/assets/box-${digest.slice(0, 32)}.png`,
  'https://fonts.example.com/s/v30/KFOmCnqEu92Fr1Mu4mxK.woff2',
  'background: url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4)',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  `...6wqX6fNUXA/rYqRvfQ+EZAKGqQRiRyqAFRQshGPWOIAwNWGORfKHSBnVNFtVmWYoW6PH23lkqbb...`,
  'interface Login { password: boolean; token: string }',
  'PASSWORD=`pass show mail/work`',
  'Set-Cookie: theme=dark; Path=/',
  'API_KEY=<your key here>',
  '-H "X-Api-Key: your-api-key"',
  '"token": "xoxp-572370529330-573807301142-####"',
  'Authorization: basic {base64(email:password[\\n])} => token',
  '<key name="SecurityIdentifier" />',
  '{"id": 123456782, "status": "ok"}',
  'const apiKey = process.env.API_KEY',
  'def login(username: str, password: str) -> bool:',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36',
  'ISBN 0-306-40615-2',
  'BP 120/80, HR 72',
  '1920x1080@60Hz',
  '@Column() password: string',
  'Suite 11 passed, Suite 3 of 4',
  'a token classification model',
  'Kennwort: siehe Anhang',
  'webhook secret: configured',
  'password=<redacted>',
  'autofill, password managers | fill',
  'Suppliers: Johnson & Johnson, Procter & Gamble',
  'Basil, Rose, Iris and Poppy stand in the yard',
  'Santa Clara, St. Louis and San Antonio',
  'Krause GmbH, Meier & Sohn',
  'Chance of rain is low',
  '<input type="password" name="OldPassword">',
  'Day    Omzet   Marge   Stock\n18     41,2    31,2    148',
  'The passport office calls 4 times',
  '`deviceKey` is an Ed25519 private key',
])('what a machine numbered, summed up or left open is no secret: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test.each([
  `"password": "${long}"`,
  `pasted ${long}`,
  `${digest} is mine`,
  `session_id=${digest.slice(0, 32)} took 12 ms`,
  `userToken: "${digest.slice(0, 32)}"`,
  `data:text/plain;base64,cGFzc3dvcmQ6IGh1bnRlcjI=`,
  `https://app.example.com/share/${digest}`,
  `https://cdn.example.com/u/KFOmCnqEu92Fr1Mu4mxK.png`,
  'PASSWORD=`hunter2`',
  'password: Your-Mother1',
  'Cookie: sid=s3cr3tV4lue99',
  'Name: MacArthur',
  'use BlueMonkey as the password',
  'La clave del wifi es Luna_1987',
  'ID 123456782',
  'Write to BP 120, Lomé',
  'ping 120.0.0.1 from eth0/120.0.0.1',
])('what only looks a little like it is masked: %s', (text) => {
  expect(redactText(text).text).not.toBe(text)
})

test.each([
  `{"newPassword": "Nueva contraseña", "password": "Wachtwoord"}`,
  `labels:\n  parola: Parolă\n  pin: Cod PIN`,
  `heslo: bude zasláno poštou`,
  `Das Kennwort wird nirgends gespeichert`,
  `La clave secreta es obligatoria para todos`,
  `パスワード: 管理者に聞いてください`,
  `secret = (known later)`,
  `login_token varchar(40),\n password_salt text,\n recovery_token text,`,
  `AdminPasswordChecker.java – TokenStore.java`,
  `data:application/octet-stream;charset=x;base64,QmFzZTY0RGF0YUluVGhlTWlkZGxlT2ZBTGluZTE5ODc2NTQzMjE`,
  `r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R`,
  `Wrong user or password entered`,
  'use `API_TOKEN_HEADER`, `ACCESS_COOKIE_DOMAIN`',
])('words after a label that are a sentence, a translation or a name are no secret: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test.each([
  '| Rolle | Passwortlänge | Gültig |\n|---|---|---|\n| Admin | 16 | immer |',
  '| Key | Team | Turn | Store |\n|---|---|---|---|\n| api-key | payments | quarterly | box |',
  'Het wachtwoord is altijd persoonlijk en geheim',
  'Il campo `password` è facoltativo e non si vede',
  'pub fn open(passphrase: &str, token: &mut Vec<u8>)',
  '#ifndef CORE_PASSWORD_H_\n#define CORE_PASSWORD_H_',
  'SESSION_TOKEN_LIFETIME=7200\nPASSWORD_RETRIES: 5',
  'auth.password.title=Password\nauth.password.hint=Choose',
  'token: {{ .Values.token | quote }}',
  `reset to ${digest} for the token`,
  '* 0f1e2d3c - keep the token out of logs',
  'billing-6c8f9d7b54-x2v9q  1/1  Running',
  '/srv/docker/overlay2/' + digest + digest.slice(0, 24) + '/merged/usr/lib',
  'multipart/form-data; boundary=----WebKitFormBoundaryq8XkT2LmPz7RvA4c',
  '$s7Network5ProxyV4host4portACSS_SitcfC',
  'passwords_plan_v2_LAST(1).xlsx',
  '{"password":"パスワード","newPassword":"新しいパスワード"}',
  'grep -E "(passwd|pwd)\\s*=\\s*[^ ]+" log',
  'lblToken.Text = "Password:"\ntxtToken.Font = small',
  'Passwortprüfung beendet: 318 Konten',
  'Enter passphrase for key\n/srv/ci/.ssh/id_rsa loaded',
])('what a table, a program or a sentence has after a label is no secret: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test.each([
  `password: winterabend`,
  `{"password": "winterabend"}`,
  `the password is winterabend.`,
  `wachtwoord: winterabend en gebruiker: jan`,
  `passphrase: "winter abend sonne berg"`,
])('a word is a secret where nothing else is said: %s', (text) => {
  expect(redactText(text).text).not.toContain('winter')
})

test.each([
  'Treffen im Gymnasium Clara Vogt, Saal „Paul Anders“',
  'Spotkanie: Teatr im. Zofii Malickiej, potem Muzeum Adama Wilka',
  'La biblioteca Elena Robles abre a las nueve',
  'Kargo Mehmet Yıldız Lisesi önünde',
  'The Robert Ellis Gallery and the Laura Finch Award',
  'Zug  Ziel          Gleis\n13   Paul Anders   4\n14   Ludwigsfeld   7',
  'Hersteller: Paul Anders\nLagerplatz: H 4',
  'Pizza San Gennaro, insalata Elena',
  'Subject: Digitisation of the archive',
  'Kunde: Passwort vergessen, was nun\nBot: Bitte den Link anklicken',
  '14.03.2025 07:12:44 Sicherung beginnt',
  'HP 640/640, sizes 36 38 40 42 44',
  'Teilenr. 0 412 338 905 ist lieferbar',
  'Faktura VAT nr FS/214/03/2025',
  '07:41 Köln Hbf, IC 2039, Wagen 5',
  '00000020  00 01 5e 00 21 00 44 00  60 10 00 00 00 00 40 00',
  'Version: Beispiel Client 4.2.1.63',
  'Mit dem Gutschein HERBST25 sparen',
  '09:14:02 WARN upload failed code=503117',
  'Filialen: Vitoria, Teresina, Valencia',
  'Startseite · Rose · Rock · Hose · Marin · Jacke',
  'Lief. 24 Flaschen Barolo Marchesi und Brot',
  'Kran Liebherr LTM 1040 vor Halle 2',
  '( ) Sim ( ) Não',
  'Atto I. Violetta entra, luce 12',
  'Clara Vogt, Abend am See, 1911. Öl auf Leinwand',
  'ISBN 978-3-16-148410-0 Am See, Clara Vogt, 2 Expl.',
  'treno 2214 Milano – Firenze S. M. Novella 12:10',
  '502 Bad Gateway, request id 01JB7XJ4M1QW2E3R4T5Y6N7P8Z',
  'docs: say what a password is (#3117)',
  'Wettbewerber: Falkner, Marin, Clara',
  'Octavia III hinten',
  'please look at ticket three one two nine today',
  'SECRET_KEY=change-me-before-release',
  'Goederencode 0602 90 41 00 planten',
])('what is called after somebody or numbered like somebody is kept: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test.each([
  'Lehrerin am Gymnasium: Frau Clara Vogt',
  'Kontakt Filiale: Clara Vogt',
  'Ort: Raum 3, Clara Vogt',
  'Team   Name          Punkte\nRot    Clara Vogt    4\nBlau   Paul Anders   7',
  'Clara Vogt Insurance: 92',
  'Gutschein an Clara Vogt',
  'Clara Vogt · Vertrieb · Hamburg · Büro',
  'ISBN 978-3-16-148410-0, borrowed by Clara Vogt',
  'Filialen: Nord. Kontakt: Clara Vogt',
  'Rechnung 0171 2345678 anrufen, Tel. 0171 2345678',
])('a person beside a thing is masked: %s', (text) => {
  expect(redactText(text).text).not.toBe(text)
})
