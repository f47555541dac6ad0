import { catalogue } from '@renderer/app/intl'

export const text = catalogue({
  open: 'Views',
  none: 'No saved views yet',
  save: 'Save these filters as…',
  manage: 'Rename or delete views…',
  nothingToSave: 'Set a filter or an order first.',
})
