import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'

const TITLES = { file: 'Choose files to scan', folder: 'Choose a folder to scan' } as const

/** The system's dialog, on top of the window while there is one. Nothing chosen is an empty list. */
export async function chooseFiles(
  window: BrowserWindow | undefined,
  kind: 'file' | 'folder',
): Promise<string[]> {
  const options: OpenDialogOptions = {
    title: TITLES[kind],
    buttonLabel: 'Scan',
    properties: [
      kind === 'file' ? 'openFile' : 'openDirectory',
      'multiSelections',
      'showHiddenFiles',
      'dontAddToRecent',
    ],
  }
  const { canceled, filePaths } = await (window === undefined
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return canceled ? [] : filePaths
}
