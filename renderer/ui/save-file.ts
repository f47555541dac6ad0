/** Hands bytes to the browser as a file to save. */
export function saveFile(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The download has its own hold on the bytes once it has begun, which is in this same task.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}

export const saveText = (fileName: string, mediaType: string, text: string): void =>
  saveFile(fileName, new Blob([text], { type: mediaType }))
