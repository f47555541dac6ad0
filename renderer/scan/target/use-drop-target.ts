import { useEffect, useEffectEvent, useState } from 'react'

/**
 * Makes the whole page a drop target while the component is mounted. Answers how many items are
 * being dragged over it, or null. Sizes and names are not known before the drop.
 */
export function useDropTarget(onDrop: (transfer: DataTransfer) => void): number | null {
  const [items, setItems] = useState<number | null>(null)
  const drop = useEffectEvent(onDrop)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer || !holdsFiles(event.dataTransfer)) return
      // Without this the browser would leave the page and open the file.
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setItems(event.dataTransfer.items.length)
    }
    // relatedTarget is null only where the pointer leaves the window.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setItems(null)
    }
    const dropped = (event: DragEvent) => {
      setItems(null)
      if (!event.dataTransfer || !holdsFiles(event.dataTransfer)) return
      event.preventDefault()
      drop(event.dataTransfer)
    }
    document.addEventListener('dragover', over)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', dropped)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', dropped)
    }
  }, [])
  return items
}

const holdsFiles = (transfer: DataTransfer) => transfer.types.includes('Files')
