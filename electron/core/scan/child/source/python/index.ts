export { parseNotebook } from './notebook'
export { parsePython } from './python-source'
