import { Download, FileCode2, Image as Picture } from 'lucide-react'
import { describeError } from '../app/errors'
import { IconButton } from '../ui/Button'
import { Menu, MenuItem } from '../ui/Menu'
import { notify } from '../ui/toast'
import { text } from './messages'
import { type ChartCaption, saveAsPng, saveAsSvg } from './save-chart'

interface SaveMenuProps {
  caption: ChartCaption
  /** The drawing on the page; null while it is on its way. */
  drawing: () => SVGSVGElement | null
  defaultOpen?: boolean
}

/** The picture as a file. Overlay code, so it arrives when it is first wanted. */
export function SaveMenu({ caption, drawing, defaultOpen = false }: SaveMenuProps) {
  const save = async (as: (svg: SVGSVGElement, caption: ChartCaption) => void | Promise<void>) => {
    const svg = drawing()
    try {
      if (svg === null) throw new Error(text.noDrawing)
      await as(svg, caption)
    } catch (error) {
      notify({ tone: 'error', title: text.notSaved, description: describeError(error).message })
    }
  }
  return (
    <Menu
      defaultOpen={defaultOpen}
      trigger={
        <IconButton label={text.save(caption.title)} icon={<Download aria-hidden size={14} />} />
      }
    >
      <MenuItem icon={<FileCode2 aria-hidden />} onSelect={() => void save(saveAsSvg)}>
        {text.saveSvg}
      </MenuItem>
      <MenuItem icon={<Picture aria-hidden />} onSelect={() => void save(saveAsPng)}>
        {text.savePng}
      </MenuItem>
    </Menu>
  )
}
