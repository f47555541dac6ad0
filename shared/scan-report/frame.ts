/** Longest line of code that a report keeps, characters. Without zod: the scan child reads it. */
export const FRAME_CHARACTERS = 240
