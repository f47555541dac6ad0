import { COMMAND_SECTIONS, describeCommand } from '@shared/commands'
import { useState } from 'react'
import { Dialog } from '../../ui/Dialog'
import { KeyHint } from '../../ui/KeyHint'
import { commandTitles, useAvailableCommands } from '../commands'
import { text as sections } from '../palette/messages'
import { openOverlay } from '../shell/layout'
import { text } from './messages'

/** Every key that works on the page below, read from the same list as the keys themselves. */
export function ShortcutSheet() {
  const [open, setOpen] = useState(true)
  const available = useAvailableCommands().filter((id) => describeCommand(id).keys)
  const close = () => {
    setOpen(false)
    openOverlay.set('none')
  }
  return (
    <Dialog open={open} onClose={close} title={text.title} description={text.note} size="wide">
      <div className="columns-2 gap-8 pt-2 max-[700px]:columns-1">
        {COMMAND_SECTIONS.map((section) => {
          const ids = available.filter((id) => describeCommand(id).section === section)
          if (ids.length === 0) return null
          return (
            <section key={section} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-small font-medium text-muted">
                {sections.sections[section]}
              </h3>
              <dl>
                {ids.map((id) => (
                  <div
                    key={id}
                    className="flex min-h-8 items-center justify-between gap-4 border-b border-line"
                  >
                    <dt>{commandTitles[id]}</dt>
                    <dd className="flex items-center gap-2 text-muted">
                      {describeCommand(id).keys?.map((keys, at) => (
                        <span key={keys} className="inline-flex items-center gap-2">
                          {at > 0 && <span className="text-meta">{text.or}</span>}
                          <KeyHint keys={keys} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
