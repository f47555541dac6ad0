import { catalogue } from '../../app/intl'

export const text = catalogue({
  title: 'Somebody else changed the same',
  description:
    'What only one of you changed is kept on both sides already. Choose for each of these; nothing is saved before you press Save.',
  sides: { mine: 'Mine, not saved yet', theirs: 'Theirs, on the server' },
  fields: {
    name: 'Name',
    summary: 'Summary',
    description: 'Description',
    category: 'Category',
    licence: 'Licence',
    tags: 'Tags',
    price: 'Price',
  },
  empty: '(empty)',
  allTheirs: 'All of theirs',
  later: 'Later',
  take: 'Take these',
})
