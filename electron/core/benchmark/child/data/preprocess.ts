import type { ImagePreprocessing } from '@shared/benchmark/suite'

export interface Picture {
  width: number
  height: number
  /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha. */
  channels: number
  data: ArrayLike<number>
  /** What white is: 255 or 65535. */
  largest: number
}

/** Luma of ITU-R BT.601, the weights that Pillow's convert("L") uses. */
const LUMA = [0.299, 0.587, 0.114] as const

/**
 * Pixels as the model wants them: resized, as gray or RGB, 0 … 1, less the mean, over the deviation, in the order
 * of the layout. Transparency is left out, not blended. docs/suites.md says it with an example.
 */
export function preprocess(picture: Picture, wanted: ImagePreprocessing): Float32Array {
  const { width, height, layout, mean, std, resize } = wanted
  const depth = wanted.channels === 'gray' ? 1 : 3
  const sample = resize === 'nearest' ? nearest : bilinear
  const output = new Float32Array(width * height * depth)
  for (let channel = 0; channel < depth; channel++) {
    const shift = mean[mean.length === 1 ? 0 : channel] ?? 0
    const scale = std[std.length === 1 ? 0 : channel] ?? 1
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const value = sample(picture, wanted.channels, channel, x, y, width, height)
        const at =
          layout === 'chw' ? (channel * height + y) * width + x : (y * width + x) * depth + channel
        output[at] = (value / picture.largest - shift) / scale
      }
  }
  return output
}

type Sample = (
  picture: Picture,
  wanted: 'gray' | 'rgb',
  channel: number,
  x: number,
  y: number,
  width: number,
  height: number,
) => number

/** The pixel under the centre of the new one. */
const nearest: Sample = (picture, wanted, channel, x, y, width, height) =>
  valueAt(
    picture,
    wanted,
    channel,
    Math.floor(((x + 0.5) * picture.width) / width),
    Math.floor(((y + 0.5) * picture.height) / height),
  )

/** Between the four pixels around the centre of the new one; pixels have their values at their centres. */
const bilinear: Sample = (picture, wanted, channel, x, y, width, height) => {
  const sourceX = Math.max(0, ((x + 0.5) * picture.width) / width - 0.5)
  const sourceY = Math.max(0, ((y + 0.5) * picture.height) / height - 0.5)
  const left = Math.floor(sourceX)
  const top = Math.floor(sourceY)
  const right = Math.min(left + 1, picture.width - 1)
  const bottom = Math.min(top + 1, picture.height - 1)
  const [partX, partY] = [sourceX - left, sourceY - top]
  const at = (column: number, row: number) => valueAt(picture, wanted, channel, column, row)
  const upper = at(left, top) * (1 - partX) + at(right, top) * partX
  const lower = at(left, bottom) * (1 - partX) + at(right, bottom) * partX
  return upper * (1 - partY) + lower * partY
}

function valueAt(
  { data, width, channels }: Picture,
  wanted: 'gray' | 'rgb',
  channel: number,
  x: number,
  y: number,
): number {
  const pixel = (y * width + x) * channels
  if (channels < 3) return data[pixel] ?? 0
  if (wanted === 'rgb') return data[pixel + channel] ?? 0
  return LUMA.reduce((sum, weight, i) => sum + weight * (data[pixel + i] ?? 0), 0)
}
