/** SPDX identifiers that models come under most, https://spdx.org/licenses; any expression may be typed. */
export const COMMON_LICENCES = [
  'Apache-2.0',
  'MIT',
  'BSD-3-Clause',
  'BSD-2-Clause',
  'MPL-2.0',
  'LGPL-3.0-only',
  'GPL-3.0-only',
  'AGPL-3.0-only',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-4.0',
  'CC0-1.0',
  'Unlicense',
] as const
