import { scanBytes } from '../../../../fixtures/scan-bytes'

/** Scans a text as the child does, under a name of Python. */
export const scanPython = (text: string, name = 'module.py') =>
  scanBytes(Buffer.from(text), { name })

/** Scans a notebook of these code cells. */
export const scanNotebook = (cells: readonly string[], outputs: readonly unknown[] = []) =>
  scanBytes(
    Buffer.from(
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
        cells: cells.map((source) => ({
          cell_type: 'code',
          execution_count: null,
          metadata: {},
          source: source.split(/(?<=\n)/),
          outputs,
        })),
      }),
    ),
    { name: 'notebook.ipynb' },
  )
