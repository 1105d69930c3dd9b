import { expect, test } from 'vitest'

import { redactText } from './text.ts'

/** Made up here; `X` is where the password stands. */
const lines = `mysql -h db -u app -pX shop
sshpass -p X ssh deploy@host.test
sshpass -p 'X' scp a b:
zip -r -P X out.zip folder
7z x in.7z -pX
docker login --username ada -p X registry.test
redis-cli -h cache -a X ping
ldapsearch -x -D cn=admin -w X -b dc=x
htpasswd -b .htpasswd ada X
keytool -storepass X -list
smbclient //srv/share -U ada%X
net use Z: \\\\srv\\share /user:corp\\ada X
net use \\\\srv\\share X /user:ada
net user ada X /add
curl -sS -uada:X https://a.test
curl -u ada:X a.test
http --user ada:X a.test
$p = ConvertTo-SecureString "X" -AsPlainText -Force
CREATE USER 'ada'@'%' IDENTIFIED BY 'X';
requests.get(u, auth=('ada', 'X'))
echo "X" | sudo -S ls
echo X | docker login -u ada --password-stdin`.split('\n')

test('R4 a password in a command line is masked without a word that says so', () => {
  for (const line of lines)
    for (const value of ['Kestrel7!', 'hunter22', 'S3cr3t-Gate']) {
      const text = redactText(line.replace('X', () => value)).text
      expect([line, text.includes(value.slice(0, 3)), text.includes(value.slice(-3))]).toEqual([line, false, false])
    }
})

test('R8 a command line without a password stays', () => {
  for (const line of [
    'mysql -u root -p',
    'mysql -h db -P 3306 shop',
    'sshpass -p $PASS ssh host',
    'zip -r out.zip folder',
    'docker login -p <password>',
    'echo done | tee out.log',
    'curl -u ada:password localhost',
    'net use',
    "the net use of 'energy' fell",
    'ldapsearch -x -b dc=x',
  ])
    expect(redactText(line).text).toBe(line)
})

test('R5 what a manual puts in the place of a token, and what anyone may see, stays', () => {
  for (const text of [
    'sk-ant-api03-abc123xyz-456def789ghij-klmnopqrstuvwx-3456yza789bcde-1234fghijklmnopAA',
    'xoxb-12345-abcd234',
    'xoxb-my-bot-token',
    '-----BEGIN OPENSSH PRIVATE KEY----------END OPENSSH PRIVATE KEY-----',
    '--user "{{ $.Values.username }}:{{ $.Values.password }}"',
    "usernamePassword(credentialsId: '29f63271-dc2f-4734-8221-5b31b5169bac')",
    'SRCREV_moby = "43fc912ef59a83054ea7f6706df4d53a7dea4d80"',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: GPGTools - see\n\nUWUXkRH9RONabzrAu4TGvW0f5DkC2fuWWHJhZWEccn+VE83+avMZN4/mzldSXPNX\n-----END PGP PUBLIC KEY BLOCK-----',
  ])
    expect(redactText(text).text).toBe(text)
})
