import { printable } from './printable'

/**
 * Text of a delivery for a terminal or the log of a build. Runners look for commands in whatever a
 * step prints: GitHub's at the start of a line, '::set-output …::' (actions/runner,
 * ActionCommand.TryParseV2), and anywhere in it '##[…]' (TryParse) and Azure's '##vso[…]'.
 */
export function logged(text: string): string {
  return printable(text)
    .replace(/^(\s*):(?=:)/, '$1\\x3a')
    .replace(LOG_COMMAND, '#\\x23')
}

/** The two characters before the name of a command and its bracket. */
export const LOG_COMMAND = /##(?=\w*\[)/g
