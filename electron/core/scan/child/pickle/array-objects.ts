/** Objects whose parts decide where the stream goes on; kept in full, unlike other call results. */
export interface NumpyDtype {
  type: 'dtype'
  /** As numpy.dtype was called, e.g. 'f8'. */
  code: string
  /** Bytes of one item; 0 when the code says nothing known. */
  itemBytes: number
  hasObjects: boolean
}

export interface ArrayWrapper {
  type: 'wrapper'
}

/** A pickle has a handful of dtypes (they are memoised); beyond this they are ordinary results. */
export const NUMPY_OBJECTS = 65_536

/** 'f8' -> 8, 'U10' -> 40 (UCS-4), 'V16' -> 16: the codes of numpy.dtype.__reduce__. */
export function numpyDtype(code: string): NumpyDtype {
  const [, letter, digits] = /^[|<>=]?([?a-zA-Z])(\d{0,9})$/.exec(code) ?? []
  const size = digits ? Number(digits) : 0
  return {
    type: 'dtype',
    code,
    itemBytes: letter === 'U' ? size * 4 : letter === '?' ? 1 : size,
    hasObjects: letter === 'O',
  }
}
