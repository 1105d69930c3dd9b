import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { policyFiles } from './policy-files.ts'
import { type Deployment, targets } from './policy.ts'

const deployment: Deployment = {
  extensionId: 'abcdefghijklmnopabcdefghijklmnop',
  updateUrl: 'https://overt.example/updates.xml?a=1&b=2',
  endpoint: 'https://overt.example',
  manifestUrl: 'https://overt.example/v1/consent',
  keys: [{ keyId: '0011223344556677', by: 'operator', publicKey: 'abc_-"<&' }],
  busyPercent: 12,
}
const schema: { readonly properties: object } = JSON.parse(
  readFileSync(new URL('../../../extension/public/managed-schema.json', import.meta.url), 'utf8'),
)

test.each(targets)('a policy for %s names the extension and the server, and holds no receipt and no consent', (target) => {
  const files = policyFiles(target, deployment)
  const text = files.map((file) => file.text).join('\n')
  for (const wanted of [deployment.extensionId, 'force_installed', 'overt.example', '0011223344556677'])
    expect(text + files.map(({ name }) => name).join()).toContain(wanted)
  expect(text).not.toMatch(/receipt|deviceKey|person/i)
})

test('what a policy says is what the extension’s own schema knows', () => {
  const [file] = policyFiles('linux-json', deployment)
  const policy = JSON.parse(file?.text ?? '')
  expect(Object.keys(policy['3rdparty'].extensions[deployment.extensionId]).toSorted()).toEqual(Object.keys(schema.properties).toSorted())
})

test('the registry file numbers the keys from 1 and quotes what needs it', () => {
  const [file] = policyFiles('chrome-admx', deployment)
  expect(file?.text).toContain(`\\${deployment.extensionId}\\policy\\keys\\1]`)
  expect(file?.text).toContain('"publicKey"="abc_-\\"<&"')
})

test('a number is one in each kind of file', () => {
  const [registry] = policyFiles('chrome-admx', deployment)
  expect(registry?.text).toContain('"busyPercent"=dword:0000000c')
  expect(policyFiles('jamf', deployment)[1]?.text).toContain('<key>busyPercent</key><integer>12</integer>')
})

test('XML holds no character of its own meaning', () => {
  const [settings, storage] = policyFiles('jamf', deployment)
  expect(settings?.text).toContain('updates.xml?a=1&amp;b=2')
  expect(storage?.text).toContain('abc_-&quot;&lt;&amp;')
})
