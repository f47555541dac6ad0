import { catalogue, plural } from '@renderer/app/intl'

export const text = catalogue({
  saveTitle: 'Save a view',
  saveBody: 'The filters and the order of this list under a name. They apply to every such list.',
  name: 'Name',
  confirm: 'Save view',
  cancel: 'Cancel',
  done: 'Done',
  taken: (name: string) => `There is a view called “${name}” already.`,
  empty: 'Give it a name.',
  savedAs: (name: string) => `View “${name}” saved`,
  manageTitle: 'Saved views',
  manageBody: (n: number) =>
    plural(n, { one: '# view of this list', other: '# views of this list' }),
  nameOf: (name: string) => `Name of the view ${name}`,
  rename: 'Rename',
  remove: (name: string) => `Delete the view ${name}`,
  removed: (name: string) => `View “${name}” deleted`,
  removeFailed: 'The view could not be deleted',
  undo: 'Undo',
})
