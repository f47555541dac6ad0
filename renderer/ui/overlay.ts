/**
 * Looks shared by everything that lies over the page. The wrappers in this folder carry Base UI's
 * CSPProvider themselves, so that nothing outside the overlay chunk imports it: without it Base UI
 * writes <style> elements, which the page's policy refuses.
 */
const fade =
  'transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0'

export const overlay = {
  popup: `z-50 origin-(--transform-origin) rounded-card border border-line bg-surface text-text shadow-overlay outline-none ${fade}`,
  menu: 'max-h-(--available-height) min-w-40 overflow-y-auto p-1',
  item: 'flex h-7 items-center gap-2 rounded-chip px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-selected',
  backdrop: `fixed inset-0 z-40 bg-scrim ${fade}`,
}
