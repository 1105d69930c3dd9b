import { type Deployment, escapeXml, managedOf, type PolicyFile, settingOf, type Target } from './policy.ts'

/** The files of a policy that has browsers install the extension and tells it where its server is. */
export function policyFiles(target: Target, deployment: Deployment): readonly PolicyFile[] {
  switch (target) {
    case 'linux-json':
      return [{ name: 'overt.json', text: json(chromium(deployment)) }]
    case 'chrome-admx':
      return [{ name: 'overt.reg', text: registry(deployment) }]
    case 'intune':
      return [{ name: 'overt-intune.json', text: json(intune(deployment)) }]
    case 'jamf':
      return [
        { name: 'com.google.Chrome.plist', text: plist({ ExtensionSettings: { [deployment.extensionId]: settingOf(deployment) } }) },
        { name: `com.google.Chrome.extensions.${deployment.extensionId}.plist`, text: plist(managedOf(deployment)) },
      ]
    case 'firefox':
      return [{ name: 'policies.json', text: json({ policies: firefox(deployment) }) }]
  }
}

const json = (document: object): string => `${JSON.stringify(document, null, 2)}\n`

function chromium(deployment: Deployment): object {
  const { extensionId } = deployment
  return {
    ExtensionSettings: { [extensionId]: settingOf(deployment) },
    '3rdparty': { extensions: { [extensionId]: managedOf(deployment) } },
  }
}

function firefox(deployment: Deployment): object {
  const { extensionId, updateUrl } = deployment
  return {
    ExtensionSettings: { [extensionId]: { installation_mode: 'force_installed', install_url: updateUrl, default_area: 'navbar' } },
    '3rdparty': { Extensions: { [extensionId]: managedOf(deployment) } },
  }
}

/** Two custom settings of the kind that Chrome's own templates take; each value is the policy's JSON. */
function intune(deployment: Deployment): object {
  const { extensionId } = deployment
  const path = './Device/Vendor/MSFT/Policy/Config/Chrome~Policy~googlechrome'
  const setting = (name: string, uri: string, value: object): object => ({
    '@odata.type': '#microsoft.graph.omaSettingString',
    displayName: name,
    omaUri: uri,
    value: `<enabled/><data id="${name}" value="${escapeXml(JSON.stringify(value))}"/>`,
  })
  return {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    displayName: 'Overt',
    omaSettings: [setting('ExtensionSettings', `${path}~Extensions/ExtensionSettings`, { [extensionId]: settingOf(deployment) })],
    managedStorage: { registryKey: `HKLM\\${policyKey(extensionId)}`, values: managedOf(deployment) },
  }
}

function policyKey(extensionId: string): string {
  return `SOFTWARE\\Policies\\Google\\Chrome\\3rdparty\\extensions\\${extensionId}\\policy`
}

/** A registry file, with the same keys that the ADMX templates of Chrome write: a list's entries are keys numbered from 1. */
function registry(deployment: Deployment): string {
  const { extensionId, endpoint, manifestUrl, keys, busyPercent } = deployment
  const section = (key: string, values: object): readonly string[] => [
    '',
    `[HKEY_LOCAL_MACHINE\\${key}]`,
    ...Object.entries(values).map(([name, value]) => `${quoted(name)}=${typeof value === 'number' ? dword(value) : quoted(String(value))}`),
  ]
  const own = policyKey(extensionId)
  const lines = [
    'Windows Registry Editor Version 5.00',
    ...section('SOFTWARE\\Policies\\Google\\Chrome\\ExtensionSettings', { [extensionId]: JSON.stringify(settingOf(deployment)) }),
    ...section(own, { endpoint, manifestUrl, busyPercent }),
    ...keys.flatMap((key, index) => section(`${own}\\keys\\${index + 1}`, key)),
  ]
  return `${lines.join('\r\n')}\r\n`
}

const dword = (value: number): string => `dword:${value.toString(16).padStart(8, '0')}`
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function plist(document: object): string {
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">'
  return `${head}\n<plist version="1.0">${node(document)}</plist>\n`
}

function node(value: unknown): string {
  if (Array.isArray(value)) return `<array>${value.map(node).join('')}</array>`
  if (typeof value === 'number') return `<integer>${value}</integer>`
  if (!(value instanceof Object)) return `<string>${escapeXml(String(value))}</string>`
  const entries = Object.entries(value).map(([name, inner]) => `<key>${escapeXml(name)}</key>${node(inner)}`)
  return `<dict>${entries.join('')}</dict>`
}
