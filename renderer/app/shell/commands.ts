import type { CommandId } from '@shared/commands'
import { COMMAND_IDS } from '@shared/commands'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useChangeSetting } from '../../settings/use-settings'
import { notify } from '../../ui/toast'
import { runCommand, useCommand } from '../commands'
import { text } from '../messages'
import { inElectron } from '../session'
import { useStartSamples } from '../start-samples'
import type { Density, Theme } from '../theme'
import { openOverlay, toggleSidebar } from './layout'

/** Behaviour of the commands that work on every page. */
export function useShellCommands(): void {
  const navigate = useNavigate()
  const { start } = useStartSamples()
  const change = useChangeSetting()
  const report = async (change: Promise<string | null>) => {
    const problem = await change
    if (problem !== null) notify({ tone: 'error', title: problem })
  }
  const setTheme = (theme: Theme) => () => void report(change('appearance.theme', theme))
  const setDensity = (density: Density) => () => void report(change('appearance.density', density))

  useCommand('go.overview', () => void navigate({ to: '/' }))
  useCommand('go.scan', () => void navigate({ to: '/scan' }))
  useCommand('go.history', () => void navigate({ to: '/history' }))
  useCommand('go.benchmarks', () => void navigate({ to: '/benchmarks', search: {} }))
  useCommand('go.leaderboard', () => void navigate({ to: '/benchmarks/leaderboard', search: {} }))
  useCommand('benchmark.new', () => void navigate({ to: '/benchmarks/run', search: {} }))
  useCommand('go.security', () => void navigate({ to: '/security' }))
  useCommand('go.passports', () => void navigate({ to: '/passports', search: {} }))
  useCommand('go.verify', () => void navigate({ to: '/passports/verify' }))
  useCommand('go.keys', () => void navigate({ to: '/passports/keys' }))
  useCommand('go.rules', () => void navigate({ to: '/rules' }))
  useCommand('go.activity', () => void navigate({ to: '/activity' }))
  useCommand('go.account', () => void navigate({ to: '/account' }))
  useCommand('go.connection', () => void navigate({ to: '/connection' }))
  useCommand('go.people', () => void navigate({ to: '/people', search: {} }))
  useCommand('go.limits', () => void navigate({ to: '/limits', search: {} }))
  useCommand('go.server-record', () => void navigate({ to: '/activity', search: { of: 'server' } }))
  useCommand('go.listings', () => void navigate({ to: '/listings', search: {} }))
  useCommand('go.leaderboards', () => void navigate({ to: '/leaderboards', search: {} }))
  useCommand('go.settings', () => void navigate({ to: '/settings' }))
  useCommand('scan.folder', () => void navigate({ to: '/scan', search: { choose: 'folder' } }))
  useCommand('scan.files', () => void navigate({ to: '/scan', search: { choose: 'files' } }))
  useCommand('scan.samples', start)
  useCommand('view.theme-system', setTheme('system'))
  useCommand('view.theme-light', setTheme('light'))
  useCommand('view.theme-dark', setTheme('dark'))
  useCommand('view.density-compact', setDensity('compact'))
  useCommand('view.density-normal', setDensity('normal'))
  useCommand('view.density-roomy', setDensity('roomy'))
  useCommand('view.sidebar', toggleSidebar)
  useCommand('help.palette', () => openOverlay.set('palette'))
  useCommand('help.shortcuts', () => openOverlay.set('shortcuts'))
  useCommand('help.doctor', () => void navigate({ to: '/settings', search: { section: 'doctor' } }))
  useCommand('help.copy-diagnostics', () => void copyDiagnostics())
  useNativeMenu()
}

async function copyDiagnostics(): Promise<void> {
  try {
    const { collectDiagnostics } = await import('../../settings/diagnostics')
    await navigator.clipboard.writeText(await collectDiagnostics())
    notify({ tone: 'ok', title: text.diagnosticsCopied })
  } catch {
    notify({ tone: 'error', title: text.diagnosticsFailed })
  }
}

/** Electron's menu posts the id of a command; the page runs it as if its keys had been pressed. */
function useNativeMenu(): void {
  useEffect(() => {
    if (!inElectron) return
    const onMessage = ({ source, data }: MessageEvent) => {
      if (source !== window || typeof data !== 'object' || data === null) return
      const id = COMMAND_IDS.find((known: CommandId) => known === data.command)
      if (id) runCommand(id)
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [])
}
