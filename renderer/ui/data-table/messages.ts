import { catalogue } from '@renderer/app/intl'

export const text = catalogue({
  selectRow: 'Select this row',
  selectAll: 'Select all shown rows',
  width: (column: string) => `Width of ${column}`,
  widthHint: 'Drag, or use the arrow keys; Enter or a double click resets it',
  density: 'Row height',
  densities: { compact: 'Compact', normal: 'Normal', roomy: 'Roomy' },
})
