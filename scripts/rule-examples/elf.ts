/** An ELF header for x86-64 with no program behind it: nothing can run it. */
export const ELF = Buffer.concat([
  Buffer.from('7f454c46020101000000000000000000', 'hex'),
  Buffer.from('02003e0001000000', 'hex'),
  Buffer.alloc(104),
])
