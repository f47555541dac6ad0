import { app, dialog } from 'electron'
import { registerAppScheme } from './app-protocol'
import { startApplication } from './start'

// Electron takes both only before it is ready, so nothing may be awaited above them.
app.enableSandbox()
registerAppScheme()

const start = startApplication({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  environment: process.env,
  bundleFolder: import.meta.dirname,
})

start.catch(async (error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${sentence}\n`)
  // Before that, Linux shows no dialog.
  await app.whenReady()
  dialog.showErrorBox('Prometheus Console cannot start', sentence)
  app.exit(1)
})
