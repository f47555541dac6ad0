import { catalogue } from '../intl'

export const text = catalogue({
  dataFolder: 'Data folder',
  folders: 'Folders the page may browse',
  versions: 'Versions',
})
