// Runs the built main bundle against the double (node --import ./register.mjs) until it shows its
// page or gives up, ends it as a user would, and prints what happened as one line of JSON.
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'

const { app, electron } = await import('electron')
const ended = once(app, 'quit')
await import('../../out/main/index.js')
while (electron.exitCode === undefined && !electron.calls.includes('loadURL')) await setTimeout(5)
app.quit()
await ended
const { calls, windows, opened, errorBoxes, exitCode } = electron
const shown = windows.map(({ url, options }) => ({ url, options }))
process.stdout.write(`${JSON.stringify({ calls, windows: shown, opened, errorBoxes, exitCode })}\n`)
process.exit(exitCode)
