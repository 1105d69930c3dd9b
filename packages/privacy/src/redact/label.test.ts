import { expect, test } from 'vitest'

import { redactText } from './text.ts'

/** Made up here; `X` is where the secret stands. */
const wordings = `password: X
Password = X
pw: X
PASSWORD=X
the password is X
My password is X.
Your new password: X
password for the VPN: X
The password to the shared drive is X, please keep it safe
the wifi password is "X"
user=ada;password=X;
Username: ada\\nPassword: X
password:\\nX
Passwort: X
Das Passwort lautet X
Ihr neues Kennwort lautet: X
Passwort für das WLAN ist X
mot de passe : X
le mot de passe est X
contraseña: X
la contraseña es X
clave secreta: X
use X as the password
log in as ada with password X
password was reset to X
{"user":"a","password":"X","x":1}
<password>X</password>
db_password: X
export PGPASSWORD=X
--password X
client_secret=X
API-Key: X
apiKey="X"
x-api-key: X
access_token=X
Credentials: ada / X
**Password:** X
Password\\tX
Password – X
password “X”
secret answer: X
X is the password
X ist das Passwort
Here is the password you asked for: X
encryption key: X`
  .split('\n')
  .map((line) => line.replaceAll('\\n', '\n').replaceAll('\\t', '\t'))

const secrets = ['hunter2', 'Sommer2024!', 'correct-horse-9', 'Tr0ub4dor&3', 'zX9#kLm2', 'P@ssw0rd', 'Winter!sCold', 'k8s-admin-pw']
const codeWordings = [
  'PIN: X',
  'the PIN is X',
  'Your PIN is X',
  'CVV X',
  'Your verification code is X',
  'X is your Acme verification code',
  'Ihre PIN lautet X',
  'Die TAN ist X',
  'code de vérification : X',
  'Your code is X',
  'Enter code X to sign in',
  'one-time code X',
  'The alarm code is X',
  'Türcode: X',
  'Use X to verify your account',
]

test('R4 a secret is masked where words call it one', () => {
  const missed = wordings
    .flatMap((wording) => secrets.map((secret) => ({ text: wording.replace('X', secret), secret })))
    .filter(({ text, secret }) => redactText(text).text.includes(secret))
  expect(missed).toEqual([])
})

test('R4 codes of digits too', () => {
  const missed = codeWordings
    .flatMap((wording) => ['1234', '482913', '0042'].map((code) => wording.replace('X', code)))
    .filter((text) => /\d{4}/.test(redactText(text).text))
  expect(missed).toEqual([])
})

test('R4 phrases are masked to their end', () => {
  expect(redactText('seed phrase: correct horse battery staple orbit lemon').text).toBe('seed phrase: [SECRET_1]')
})

/** Ordinary text that looks a little like a secret, or stands beside the words. */
const ordinary =
  `Order 1042|R-2041|712.50|2016-09-15|09/15/2016|@olin|01.02.2026|10:30 - 11:45|2024-01-01T10:00:00Z|Lieferung 3. März 2026|3 of 12 selected
Forgot password?|Reset password|Password must contain 8 characters|Password is required|password is incorrect|Wrong password, try again|Enter your password to continue
Passwort vergessen?|Passwort ändern|Mot de passe oublié ?|¿Olvidaste tu contraseña?|Das Passwort ist falsch|contraseña incorrecta|Passwords do not match|API key rotation
Your password expires in 5 days|Password strength: weak|Password policy: 12 characters|Two-factor code required|The token expired|max_tokens: 1000|tokens used 1523 of 4096
Press any key to continue|Key: Enter|key accounts: 12|The key is under the mat|Primary key: order_id|Secret Santa list|The secret to success is patience|Pin to top
ZIP code: 94105|Country code: DE|product code: AB-1042|Promo code SAVE20|Your promo code is 482913|Error code 404|status code: 200|source code: main.ts|QR code
Invoice INV-20240042|Total: 1,204.50 EUR|Qty: 12|SKU: 8841-2201|Ticket INC0048213|Tracking 1Z999AA10123456784|Order 4421-8839-1102|Version 12.4.1|v1.2.3.4|Room B204
Amount 1 250 000|ISBN 978-3-16-148410-0|Flight LH1234|EAN 4006381333931|PO 4500012345|Cost center 40012345|Lot 2024 0115 0042|Batch 20240115|4 x 25 = 100|+5 %|#1042
Log in with Google|Session expired|Cookie: essential|Bearer of bad news|Authorization required|Boarding pass: gate 12|pass rate: 95%|tan shoes size 42|pass the salt
Approve refund R-2041 for order 1042|Select Brazil from the list|Book the cheapest one-way flight from: SFO to: JFK on 12/01/2016.|Enter 05/12/2016 as the date|Choose 14:30 as the time|Set quantity to 25|Click on the "Ok" button|customer since 2019
call me later|Tel Aviv|mobile app|phone case 2-pack|fax machine model 2600|Login: ada|token name: ci-deploy|keyboard shortcuts: Ctrl+K|Access code of conduct|secret: no|Tel Aviv 20240115|GTIN 0012345678905|120 15 2024|120 150 2024|4421 8839 1102|paid 12345678 a week|Mobile orders: 20240115`.split(
    /[|\n]/,
  )

test('R8 ordinary business text stays readable', () => {
  expect(ordinary.filter((text) => redactText(text).text !== text)).toEqual([])
})

test("R8 what a manual or a program puts in a secret's place stays", () => {
  for (const text of [
    'TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'aws_access_key: AKIAIOSFODNN7EXAMPLE',
    'curl -u username:password https://a.example/endpoint',
    'password = config.password',
    'https://a.example/?access_token=ACCESS_TOKEN',
    'hf_requiredCharacteristicTypesForDisplayMetadata',
    'public_key = "9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit"',
    '<img src="./assets/logo-f0eb1acf0da84c06a50c5b2c59932001997786b176dec02bd16128ee9ea83628.png">',
  ])
    expect([text, redactText(text).text]).toEqual([text, text])
  for (const [text, secret] of [
    ['SMTP_PASS="winter"', 'winter'],
    ['Benutzer demo, Kennwort invierno', 'invierno'],
    ['postgresql://reporter:@Bonjour85@@db.internal:5432/warehouse', 'Bonjour85'],
    ['curl -u admin:tr0ub4dor https://a.example/', 'tr0ub4dor'],
  ])
    expect(redactText(text ?? '').text).not.toContain(secret)
})
