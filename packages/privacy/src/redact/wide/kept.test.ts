import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

/** Made up here; between the brackets stands what must not stay, whatever is said around it. */
test.each([
  `Ticket: [${['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_')}]`,
  `tracking: [${['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')}]`,
  `Host: [${['glpat', 'Xk29vRq7LmN4pQ8sT1uW'].join('-')}]`,
  `order ref: [${['AKIA', 'IOSFODNN7QXAMPLD'].join('')}]`,
  'order password: [PROMO2024] (promotion server)',
  'error P1234, pin: [P4821]',
  'secret = [0x1234abcd]',
  'Bestellung, Passwort: [Rabatt2024]',
  'Part no: [4111 1111 1111 1111]',
  'Patient: [Calvin Klein], seen today',
  'Passwort (8 Zeichen): [Ge8eimnis]',
  'Hasło (8 znaków) = [Zlot0wka]',
  'password (at least 8 characters [wint3rMoon])',
  'secret = [keyring[x9Qm2Lp]',
  '[関口]様、お世話になっております',
  'お電話ありがとうございます。[山田]営業部長',
  'the alarm is [E2041]',
  'password=[Hello!A1]',
  'Tel: +[+49 30 9018201]',
  'أهلا وسهلا يا [خالد]، متى تصل؟',
  'السيد المدير [محمد] الأحمد،',
  '[宮]さん、明日お願いします',
  'Team:\nAnna:\n[Benedikt]:\n',
  'Host:\nGast:\n[Clara Weiß]:\n',
  'PIN (4 digits): [4821]',
  'PIN (4 digits) [4821]',
  'Passwort (8 Zeichen): [sommerregen]',
  'Passwort (mind. 8 Zeichen) [Sommer24x]',
  'Passwort (mind. 8 Zeichen)\n[Sommer24x]',
  'secret = [Alt+Gr7x9!]',
  'pw: [Control+Zulu7]',
  'password: [abc=12]',
  'Failed login from gate port [4711]',
  'Der 6-stellige Code lautet [482913]',
  'mot de passe à 8 caractères : [Soleil12]',
  'password sha1: [5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8]',
  'م. [أحمد الزهراني]',
  'attendees:\n[Varga Ilona]:\nagenda:',
  'sha256 token=[e240e4b801f7bb68c20d1356b60968ad0c33a41d]',
])('what looks like a thing stays masked where it is none: %s', (marked) => {
  const [, hidden = ''] = /\[(.+)\]/.exec(marked) ?? []
  expect(redactText(marked.replace(/\[(.+)\]/, '$1')).text).not.toContain(hidden)
})

test.each([
  'Password (8-20 characters, at least one digit)',
  'Hasło (min. 8 znaków, w tym cyfra)',
  'パスワード（8文字以上）',
  'Failed password for invalid user admin from localhost port 52214 ssh2',
  'Failed password for root from localhost port 52214 ssh2',
  'next_token = tokens[-1]',
  'Passwort (8 Zeichen): erforderlich',
  'user=x password=[REDACTED] result=FAIL attempts=3',
  'Фамилия:\nИмя:\nОтчество:\nПаспорт (серия, номер):\nСНИЛС:',
  'git remote add origin git@github.com:acme/site.git',
  'MD5 (site.iso) = 9e107d9d372bb6826bd81d3542a419d6',
  'to change your password press Ctrl+Alt+Del',
  '10:46:55 ALARM E204 high temperature',
  'File "tasks.py", line 88, in close_period\n    ledger.lock(period)',
  'FuelIdx =Lookups!$D$2',
  '  9 Power_On_Hours          081   081   000    16842',
  'MAWB 020-77182205 FRA',
  'LIN+1++5012345004418:EN',
  'お疲れ様です。仕様書を添付します。お客様番号は同様です。各部長へ',
  'ご担当者様、2名様でご予約のお客様',
  'سيتم تحديث النظام. الاجتماع القادم يوم الأحد. الرياضيات',
  'مرحبا بكم في موقعنا',
  '文件名\t大小\t修改时间\nreport.csv\t12\t2024',
  '선생님 연수 안내',
])('what a form, a log or code says stays: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})
