import { useStore } from '@renderer/app/store'
import { appearance } from '@renderer/app/theme'

/** px; the tokens of styles.css, which the virtualizer needs as numbers. */
const ROW_HEIGHT = { compact: 28, normal: 32, roomy: 40 }

export const useRowHeight = (): number => ROW_HEIGHT[useStore(appearance).density]
