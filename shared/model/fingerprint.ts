/**
 * A key id for people who compare two: sixteen groups of four. Without zod, because the page needs it.
 */
export const fingerprintOf = (keyId: string): string => keyId.replace(/(.{4})(?=.)/g, '$1 ')
