import { findChromium } from '@overt/agent'
import { constants, existsSync } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { spawnSync } from 'node:child_process'
import { dirname, resolve } from 'node:path'

import type { Terminal } from '../terminal/terminal.ts'

interface Finding {
  readonly name: string
  readonly ok: boolean
  /** False for what only some commands need. */
  readonly needed: boolean
  readonly found: string
  readonly todo: string
}

const smallestDiskBytes = 1_000_000_000
const earliestClockEpochMs = Date.UTC(2026, 0, 1)

/** `overt doctor`: what works, what is missing, how to get it. Exits 3 where something needed is missing. */
export async function run(terminal: Terminal): Promise<void> {
  const folder = resolve(terminal.dataDir)
  const findings = [node(), browser(), await port(4747), display(), await disk(folder), clock(), await permission(folder)]
  const ok = findings.every((finding) => finding.ok || !finding.needed)
  const lines = findings.map(
    ({ name, ok: works, needed, found, todo }) =>
      `${works ? 'ok     ' : needed ? 'MISSING' : 'absent '} ${name}: ${found}${works || todo === '' ? '' : `. ${todo}`}`,
  )
  terminal.result({ ok, findings }, lines)
  if (!ok) process.exitCode = 3
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return {
    name: 'node',
    ok: major >= 24,
    needed: true,
    found: process.version,
    todo: 'Run ./overt from the checkout: it brings Node 24 along.',
  }
}

function browser(): Finding {
  const path = findChromium()
  const asked = process.env['OVERT_CHROMIUM'] ?? ''
  if (path === undefined)
    return {
      name: 'browser',
      ok: false,
      needed: true,
      found: asked === '' ? 'no Chromium' : `OVERT_CHROMIUM is ${asked}, which is not a program`,
      todo: 'Install chromium with your package manager, or set OVERT_CHROMIUM to its path.',
    }
  const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  return {
    name: 'browser',
    ok: version !== '',
    needed: true,
    found: version === '' ? `${path} does not start` : `${version} (${path})`,
    todo: 'Reinstall it, or set OVERT_CHROMIUM to another.',
  }
}

async function port(number: number): Promise<Finding> {
  const free = await new Promise<boolean>((done) => {
    const server = createServer().once('error', () => done(false))
    server.listen(number, '127.0.0.1', () => server.close(() => done(true)))
  })
  return {
    name: 'port',
    ok: free,
    needed: false,
    found: free ? `${number} is free` : `${number} is taken`,
    todo: 'Give another to `overt up --port`, or stop what holds it.',
  }
}

function display(): Finding {
  const found = process.platform === 'linux' ? (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) : process.platform
  return {
    name: 'display',
    ok: found !== undefined,
    needed: false,
    found: found ?? 'none',
    todo: 'Commands with --headless work without one.',
  }
}

async function disk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearest(folder))
  const freeBytes = bavail * bsize
  return {
    name: 'disk',
    ok: freeBytes > smallestDiskBytes,
    needed: true,
    found: `${(freeBytes / 1e9).toFixed(1)} GB free for ${folder}`,
    todo: 'Free at least 1 GB, or name another folder with --data.',
  }
}

function clock(): Finding {
  return {
    name: 'clock',
    ok: Date.now() > earliestClockEpochMs,
    needed: true,
    found: new Date().toISOString(),
    todo: 'Set the clock: consent is bound to dates.',
  }
}

/** The folder, or the one that it would be made in. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}

async function permission(folder: string): Promise<Finding> {
  try {
    // Behind its stroke a file is none.
    await access(`${nearest(folder)}/`, constants.R_OK | constants.W_OK | constants.X_OK)
    return { name: 'permissions', ok: true, needed: true, found: `${folder} can be written`, todo: '' }
  } catch (error) {
    return {
      name: 'permissions',
      ok: false,
      needed: true,
      found: `${folder} can't be written (${String(error instanceof Error ? error.message : error)})`,
      todo: 'Run as its owner, or name another folder with --data.',
    }
  }
}
