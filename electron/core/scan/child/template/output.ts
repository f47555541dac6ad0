import { subjectOf } from './compare'
import { beforeMarkup, commandIn, hasAddress, isLongProse } from './prose'
import { labelOf, text, type Value, type Values } from './value'

/** The end of a text that goes on with an address: '![x](https://host/?q='. */
const OPEN_ADDRESS = /(?:https?|ftp|wss?):\/\/[^\s)"'<>]*$/
const SHOWN_CHARACTERS = 300

const shown = (constant: string): string =>
  labelOf(text(constant.trim().slice(0, SHOWN_CHARACTERS), false))

/**
 * Watches what a template prints, piece by piece. Templates arrange messages and mark who speaks;
 * what they say themselves, to whom, and where they send messages to is behaviour.
 */
export class OutputWatcher {
  private readonly report: (name: string, at: number, evidence: string) => void
  /** The constant that was printed last; '' when something else was. */
  private before = ''
  /** Whether this round of a loop has printed what somebody wrote. */
  private wrote = false
  private inLoop = false

  constructor(report: (name: string, at: number, evidence: string) => void) {
    this.report = report
  }

  /** At the start of each round of a loop over messages, and behind the last. */
  newRound(inLoop: boolean): void {
    this.wrote = false
    this.inLoop = inLoop
    this.before = ''
  }

  printed(values: Values, at: number): void {
    const [first] = values
    if (values.some((value) => subjectOf(value) === 'text')) {
      if (OPEN_ADDRESS.test(this.before))
        this.report('behaviour.exfiltration', at, `${shown(this.before)} and a message`)
      this.before = ''
      this.wrote = this.inLoop
      return
    }
    for (const value of values) if (value.kind === 'string') this.constant(value, at)
    this.before = first?.kind === 'string' ? `${this.before}${first.value}`.slice(-2000) : ''
  }

  private constant({ value }: Value & { kind: 'string' }, at: number): void {
    const command = commandIn(value)
    if (command !== undefined) this.report('behaviour.command', at, shown(value))
    else if (hasAddress(value) && isLongProse(value))
      this.report('behaviour.address', at, shown(value))
    else if (this.wrote && isLongProse(beforeMarkup(value)))
      this.report('behaviour.appended', at, shown(value))
    // A token of the format ends the message; what follows stands in one of its own.
    if (beforeMarkup(value) !== value) this.wrote = false
  }
}

/** `constant + message`, the constant being an address that goes on: it sends the message there. */
export const carriesMessage = (left: Value, right: Value): boolean =>
  left.kind === 'string' && OPEN_ADDRESS.test(left.value) && subjectOf(right) === 'text'
