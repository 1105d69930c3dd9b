import { fileURLToPath } from 'node:url'

import { defineConfig } from 'wxt'

/** Loopback alone needs no question: a server and trials on this machine. Every other origin is asked for when the person agrees. */
const loopback = ['http://127.0.0.1/*', 'http://localhost/*']
/** The browser lets a recorder take pictures under no less than the last of these; it is asked for apart, by a press of the person's. */
const anywhere = ['http://*/*', 'https://*/*', '<all_urls>']

/** Whose work is in the package, and under which terms, goes where it goes. */
const terms = ['LICENSE', 'NOTICE']

export default defineConfig({
  srcDir: 'src',
  outDir: 'dist',
  outDirTemplate: '{{browser}}-mv3',
  publicDir: 'public',
  manifestVersion: 3,
  imports: false,
  webExt: { disabled: true },
  // Both browsers preload modules by themselves.
  vite: () => ({ build: { modulePreload: { polyfill: false } } }),
  hooks: {
    'build:publicAssets': (_, files) => {
      for (const name of terms) files.push({ absoluteSrc: fileURLToPath(new URL(`../../${name}`, import.meta.url)), relativeDest: name })
    },
  },
  manifest: ({ browser }) => ({
    name: 'Overt',
    description: 'Records your work on the sites you agreed to, and shows you that it does.',
    permissions: ['storage', 'scripting', 'alarms', 'unlimitedStorage'],
    host_permissions: loopback,
    optional_host_permissions: anywhere,
    action: { default_title: 'Overt' },
    commands: { pause: { suggested_key: { default: 'Alt+Shift+P' }, description: 'Pause or resume the recording' } },
    content_security_policy: {
      extension_pages: "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src http: https:",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'recorder@overt.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['websiteActivity', 'websiteContent'] },
            },
          },
        }
      : { minimum_chrome_version: '138', storage: { managed_schema: 'managed-schema.json' } }),
  }),
})
