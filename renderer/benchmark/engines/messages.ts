import { catalogue, formatBytes, formatList, plural } from '../../app/intl'

export const text = catalogue({
  title: 'Engines',
  intro: 'What runs models. What is not here yet is fetched when it is wanted.',
  columns: {
    engine: 'Engine',
    formats: 'Runs',
    version: 'Version',
    size: 'Download',
    state: 'State',
  },
  states: {
    bundled: 'Comes with the console',
    installed: 'Installed',
    missing: 'Not installed',
    unsupported: 'Not supported here',
  },
  formats: (names: readonly string[]) => formatList(names),
  formatNames: { onnx: 'ONNX', tfjs: 'TensorFlow.js', gguf: 'GGUF' },
  noDownload: '–',
  install: (bytes: number | null) =>
    bytes === null ? 'Install' : `Install, ${formatBytes(bytes)}`,
  installNamed: (install: string, name: string) => `${install}: ${name}`,
  installing: (done: number, total: number) =>
    total > 0 ? `${formatBytes(done)} of ${formatBytes(total)}` : 'Connecting…',
  progress: (name: string) => `Download of ${name}`,
  installed: (name: string) => `${name} is installed and its hash was checked`,
  failed: (name: string) => `${name} was not installed`,
  verify: 'Verify',
  verifyNamed: (verify: string, name: string) => `${verify}: ${name}`,
  verifying: 'Reading…',
  hash: 'SHA-256 of the library',
  unused: 'No result ran with this version yet.',
  same: (n: number) =>
    `Unchanged: ${plural(n, { one: '# result', other: '# results' })} ran with this very library.`,
  changed: (n: number) =>
    `Changed: ${plural(n, { one: '# result', other: '# results' })} of this version ran with another library.`,
  notVerified: (name: string) => `${name} could not be verified`,
  note: 'A download is one package of the public registry. Its SHA-512 is pinned in the console and checked before anything is unpacked.',
  failedToLoad: 'The engines could not be listed',
})
