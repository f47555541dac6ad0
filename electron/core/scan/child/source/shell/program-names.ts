export const isShell = (name: string): boolean => /^(ba|z|da|k|c|tc|fi|a)?sh$/.test(name)

/** Programs that run a text of another language. */
export const isInterpreter = (name: string): boolean =>
  /^(python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|node|nodejs|deno|bun|php[\d.]*|lua[\d.]*|osascript|tclsh)$/.test(
    name,
  )

/** Last segment of a path, lower case, without '.exe'. */
export function baseName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '')
}
