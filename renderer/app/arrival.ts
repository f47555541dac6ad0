/**
 * Moves the focus to the heading of a page that was navigated to. The first page after loading is
 * left alone: there the browser's own focus and announcement are right.
 */
let expected = false

export const arrival = {
  /** The new page is in the document, perhaps without its heading yet. */
  announce(): void {
    const heading = document.querySelector<HTMLElement>('#main h1')
    if (heading) heading.focus({ preventScroll: true })
    else expected = true
  },
  /** The next heading to appear takes the focus. */
  expect(): void {
    expected = true
  },
  /** True once for each expectation. */
  take(): boolean {
    const was = expected
    expected = false
    return was
  },
}
