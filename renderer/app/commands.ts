import { COMMAND_IDS, type CommandId, describeCommand } from '@shared/commands'
import { useEffectEvent, useLayoutEffect } from 'react'
import { catalogue } from './intl'
import { createStore, useStore } from './store'

/** What a page gives a command while it is mounted. The latest registration of an id wins. */
interface Behaviour {
  run(): void
}

const registered = new Map<CommandId, Behaviour[]>()
const revision = createStore(0)

export function registerCommand(id: CommandId, behaviour: Behaviour): () => void {
  registered.set(id, [...(registered.get(id) ?? []), behaviour])
  revision.set(revision.get() + 1)
  return () => {
    const rest = (registered.get(id) ?? []).filter((other) => other !== behaviour)
    if (rest.length > 0) registered.set(id, rest)
    else registered.delete(id)
    revision.set(revision.get() + 1)
  }
}

/** Commands that do something now, in the order of the list in shared/commands.ts. */
export const availableCommands = (): CommandId[] => COMMAND_IDS.filter((id) => registered.has(id))

export const isAvailable = (id: CommandId): boolean => registered.has(id)

/** Runs a command and says whether there was one to run. */
export function runCommand(id: CommandId): boolean {
  const behaviour = registered.get(id)?.at(-1)
  behaviour?.run()
  return behaviour !== undefined
}

/**
 * Gives a command its behaviour while the component is mounted: it then appears in the palette
 * and the `?` sheet and its keys work. `when: false` takes it away.
 */
export function useCommand(id: CommandId, run: () => void, when = true): void {
  const latest = useEffectEvent(run)
  // Before the paint: whoever sees the page may press the key.
  useLayoutEffect(() => {
    if (!when) return
    return registerCommand(id, { run: () => latest() })
  }, [id, when])
}

export function useAvailableCommands(): CommandId[] {
  useStore(revision)
  return availableCommands()
}

/** Titles as the page shows them. */
export const commandTitles = catalogue(
  Object.fromEntries(COMMAND_IDS.map((id) => [id, describeCommand(id).title])) as Record<
    CommandId,
    string
  >,
)
