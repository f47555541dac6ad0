import { saveFile } from '../ui/save-file'
import type { Series } from './stacked-bars'

/** What a reader of the picture alone needs to know. */
export interface ChartCaption {
  title: string
  unit: string
  caption?: string | undefined
  legend?: readonly Series[] | undefined
}

const SVG = 'http://www.w3.org/2000/svg'
const MARGIN = 16
const TITLE_LINE = 24
const LINE = 18
/** Pixels of the picture to one of the page: sharp on paper and on dense screens. */
const PNG_SCALE = 2
/** The picture has to look the same where our fonts are not installed. */
const FONTS = 'Inter, system-ui, sans-serif'

/** Everything that style sheets and tokens decide, as attributes; a file outside the page has neither. */
const INLINED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'visibility',
  'shape-rendering',
  'text-anchor',
  'dominant-baseline',
  'font-size',
  'font-weight',
] as const

/** The drawing as a document of its own: computed colours, its surface, title and legend. */
export function chartDocument(drawing: SVGSVGElement, caption: ChartCaption): string {
  const { width, height } = drawing.getBoundingClientRect()
  const page = getComputedStyle(drawing)
  const surface = getComputedStyle(drawing.closest('section') ?? document.body).backgroundColor
  const lines = headLines(caption)
  const top = MARGIN + TITLE_LINE + (lines.length - 1) * LINE
  const size = [Math.ceil(width) + 2 * MARGIN, Math.ceil(height) + top + MARGIN] as const

  const root = element('svg', {
    xmlns: SVG,
    width: size[0],
    height: size[1],
    viewBox: `0 0 ${size[0]} ${size[1]}`,
    'font-family': FONTS,
  })
  root.append(element('rect', { width: size[0], height: size[1], fill: surface }))
  lines.forEach((line, at) => {
    root.append(headLine(line, at, page.color))
  })

  const copy = drawing.cloneNode(true)
  if (copy instanceof SVGSVGElement) {
    inline(drawing, copy)
    const place = { x: MARGIN, y: top, width: Math.ceil(width), height: Math.ceil(height) }
    for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value))
    root.append(copy)
  }
  return new XMLSerializer().serializeToString(root)
}

export function saveAsSvg(drawing: SVGSVGElement, caption: ChartCaption): void {
  const content = chartDocument(drawing, caption)
  saveFile(`${fileName(caption)}.svg`, new Blob([content], { type: 'image/svg+xml' }))
}

/** Draws the same document on a canvas; the CSP lets images of blob: in for this. */
export async function saveAsPng(drawing: SVGSVGElement, caption: ChartCaption): Promise<void> {
  const content = chartDocument(drawing, caption)
  const url = URL.createObjectURL(new Blob([content], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width * PNG_SCALE
    canvas.height = image.height * PNG_SCALE
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (png === null) throw new Error('The browser could not draw the picture.')
    saveFile(`${fileName(caption)}.png`, png)
  } finally {
    URL.revokeObjectURL(url)
  }
}

type HeadLine = { text: string; weight: number; swatches?: readonly Series[] }

function headLines({ title, unit, caption, legend }: ChartCaption): HeadLine[] {
  const lines: HeadLine[] = [{ text: `${title}, ${unit}`, weight: 600 }]
  if (caption) lines.push({ text: caption, weight: 400 })
  if (legend && legend.length > 0) lines.push({ text: '', weight: 400, swatches: legend })
  return lines
}

function headLine(line: HeadLine, at: number, color: string): SVGElement {
  const y = MARGIN + 10 + (at === 0 ? 0 : TITLE_LINE - LINE + at * LINE)
  const group = element('g', { fill: color, 'font-size': at === 0 ? 13 : 11 })
  if (line.swatches === undefined) {
    const words = element('text', { x: MARGIN, y, 'font-weight': line.weight })
    words.textContent = line.text
    group.append(words)
    return group
  }
  let x = MARGIN
  for (const { label, color: fill } of line.swatches) {
    group.append(element('rect', { x, y: y - 8, width: 8, height: 8, rx: 2, fill: resolved(fill) }))
    const words = element('text', { x: x + 12, y })
    words.textContent = label
    group.append(words)
    // 6.2 px is the mean advance of Inter at 11 px.
    x += 12 + label.length * 6.2 + 14
  }
  return group
}

/** 'var(--chart-1)' as the colour it stands for in the theme of now. */
function resolved(color: string): string {
  const probe = document.createElement('span')
  probe.style.color = color
  document.body.append(probe)
  const { color: computed } = getComputedStyle(probe)
  probe.remove()
  return computed
}

function inline(from: Element, to: Element): void {
  const computed = getComputedStyle(from)
  for (const name of INLINED) to.setAttribute(name, computed.getPropertyValue(name))
  for (const name of ['class', 'style', 'tabindex']) to.removeAttribute(name)
  ;[...from.children].forEach((child, at) => {
    const twin = to.children[at]
    if (twin) inline(child, twin)
  })
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

const fileName = ({ title }: ChartCaption): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'chart'
