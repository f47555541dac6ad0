import { type Origin, object, type Value } from './value'

/** Attributes without underscores that lead to a frame, its globals, or the classes of Python. */
const INTERNAL = new Set([
  'mro',
  'func_globals',
  'func_code',
  'gi_frame',
  'gi_code',
  'gi_yieldfrom',
  'cr_frame',
  'cr_code',
  'ag_frame',
  'ag_code',
  'tb_frame',
  'tb_next',
  'f_globals',
  'f_locals',
  'f_builtins',
  'f_back',
  'im_func',
  'im_self',
  'im_class',
])

export function isInternal(name: string): boolean {
  return /^__\w+__$/.test(name) || name.startsWith('_TemplateReference__') || INTERNAL.has(name)
}

/** Functions that run code, start processes, or reach files and modules. */
const DANGEROUS = new Set([
  'eval',
  'exec',
  'compile',
  'open',
  'popen',
  'popen2',
  'popen3',
  'Popen',
  'system',
  'spawn',
  'spawnl',
  'spawnv',
  'execl',
  'execv',
  'execve',
  'execvp',
  'fork',
  'check_output',
  'check_call',
  'getoutput',
  'getstatusoutput',
  'import_module',
  'load_module',
  'exec_module',
  'getattr',
  'setattr',
  'globals',
  'breakpoint',
  'import_string',
  'from_pyfile',
  'from_object',
])

export function isDangerous(name: string): boolean {
  return DANGEROUS.has(name) || name === '__import__'
}

/**
 * Globals of Jinja (jinja2/defaults.py) and Flask whose attributes reach Python's internals. Those
 * of Jinja are harmless by themselves, those of Flask have no business in a chat template.
 */
const JINJA_ROOTS = new Set(['range', 'dict', 'namespace', 'cycler', 'joiner', 'lipsum', 'self'])
const FLASK_ROOTS = new Set([
  'request',
  'config',
  'session',
  'g',
  'url_for',
  'get_flashed_messages',
  'current_app',
])

export function isForeignRoot(name: string): boolean {
  return FLASK_ROOTS.has(name)
}

const MESSAGE_NAMES = new Set([
  'messages',
  'message',
  'msg',
  'conversation',
  'conversations',
  'history',
  'chat_history',
  'loop_messages',
])
const TEXT_NAMES = new Set([
  'content',
  'prompt',
  'query',
  'question',
  'input',
  'user_input',
  'system_message',
  'system_prompt',
  'instruction',
])
const TIME_NAMES = new Set([
  'strftime_now',
  'date_string',
  'now',
  'today',
  'datetime',
  'current_date',
])

/** A name that no statement of the template assigned. */
export function globalNamed(name: string): Value {
  return object(name, originOfName(name))
}

function originOfName(name: string): Origin {
  if (JINJA_ROOTS.has(name) || FLASK_ROOTS.has(name)) return 'root'
  if (MESSAGE_NAMES.has(name)) return 'messages'
  if (TEXT_NAMES.has(name)) return 'text'
  return TIME_NAMES.has(name) ? 'time' : 'other'
}

/** Places of a loop over messages. */
export const LOOP_PLACES = new Set(['index', 'index0', 'revindex', 'revindex0', 'length'])

/** Keys of a message that hold what somebody wrote; others, as role, say what kind it is. */
const TEXT_KEYS = new Set([
  'content',
  'text',
  'value',
  'body',
  'prompt',
  'reasoning',
  'reasoning_content',
  'thinking',
])
const OTHER_KEYS = new Set([
  'role',
  'from',
  'type',
  'name',
  'tool_calls',
  'tool_call_id',
  'function',
  'function_call',
  'arguments',
])

/** What an attribute of a message, or of a part of its text, is. undefined: perhaps a method. */
export function originOfKey(name: string): Origin | undefined {
  if (TEXT_KEYS.has(name)) return 'text'
  return OTHER_KEYS.has(name) ? 'other' : undefined
}
