import { attributeOfClass } from './function'
import type { ClassValue, FunctionValue, Taint, Value } from './value'

/** Classes that a library runs on what others send: models, tokenizers, pipelines, handlers of servers. */
const RUNS_MODELS =
  /^(torch\.nn\.(modules\.)?\w+|transformers\.(\w+\.)*\w*(PreTrained\w+|PretrainedConfig|Pipeline|ForCausalLM|ForSequenceClassification|Tokenizer(Fast)?|ProcessorMixin|LogitsProcessor|StoppingCriteria|FeatureExtractionMixin)|diffusers\.(\w+\.)*\w*(Pipeline|ModelMixin)|ts\.torch_handler(\.\w+)*|mlflow\.pyfunc\.PythonModel|cog\.BasePredictor|(pytorch_)?lightning\.(\w+\.)*LightningModule|tensorflow\.keras\.(\w+\.)*(Model|Layer)|keras\.(\w+\.)*(Model|Layer)|litserve\.LitAPI|kserve\.Model)$/
/** Classes that a server looks for by this name (Hugging Face's endpoints, Triton). */
const NAMED_HANDLER = /^(EndpointHandler|TritonPythonModel)$/
/** Methods of those that get what a user asks or gives. */
const GETS_INPUT =
  /^(forward|__call__|call|generate|chat|stream_chat|_tokenize|tokenize|encode|_encode_plus|_batch_encode_plus|_call_one|prepare_for_tokenization|preprocess|_preprocess|_forward|inference|handle|predict|predict_step|execute|decode_request|encode_response|postprocess|decode|_decode|convert_tokens_to_string)$/
/** Functions that servers of models look for by these names. */
const NAMED_HOOK = /^(lambda_handler|handler|predict_fn|input_fn|model_fn|handle|do_POST|do_GET)$/
const MESSAGE =
  /^(event|request|req|payload|message|prompt|body|data|query|user_input|cmd|command|code|expression|text|raw_data|request_body|input_data|inputs)$/
/** Decorators of web frameworks: every argument of the function below is what somebody sent. */
export const WEB =
  /^(fastapi|starlette|flask|quart|sanic|litestar|bottle|robyn|blacksheep|falcon|ninja)\.(\w+\(\)\.)*(get|post|put|delete|patch|websocket|api_route|route|middleware)\(\)$/
/** Arguments of such functions that the program itself gives. */
const OWN = /^(self|cls|response|background_tasks|background|db|session|settings|call_next|model)$/

export const CONFIGURATION = 'reads the configuration of the model'
/** A step: whoever runs what it gives runs what nobody takes for a program. */
export const PARSES = 'reads it as data'

/** What an argument brings along when a function is called from outside: undefined for nothing. */
export function inputOf(
  fn: FunctionValue,
  name: string,
  fallback: Value | undefined,
): Taint | undefined {
  // What a pickle hands to these comes out of the file that is loaded.
  const isState = /^__setstate__$|^persistent_load$/.test(fn.name)
  if (fn.isOpen || isState) return argumentOf(fn, `gets the argument ${name}`)
  if (fn.isWeb) {
    const isGiven = fallback?.kind === 'ref' && /\.(Depends|Security)\(\)$/.test(fallback.name)
    return isGiven || OWN.test(name) ? undefined : argumentOf(fn, `gets the argument ${name}`)
  }
  if ((fn.isHandler || NAMED_HOOK.test(fn.name)) && MESSAGE.test(name))
    return argumentOf(fn, `gets the argument ${name}`)
  if (fn.owner === undefined || !runsModels(fn.owner)) return undefined
  if (name === 'config' || (fn.name === '__init__' && name === 'kwargs'))
    return { ...argumentOf(fn, CONFIGURATION), weak: true }
  return GETS_INPUT.test(fn.name) ? argumentOf(fn, `is given the argument ${name}`) : undefined
}

const argumentOf = (fn: FunctionValue, label: string): Taint => ({
  source: 'input',
  weak: false,
  steps: [{ role: 'source', label, start: fn.node.from, end: fn.node.from + 40 }],
})

/** Whether a class, or one of this file that it is made from, is such a class. */
function runsModels(cls: ClassValue, seen = new Set<ClassValue>()): boolean {
  if (seen.has(cls)) return false
  seen.add(cls)
  if (NAMED_HANDLER.test(cls.name) && attributeOfClass(cls, '__init__') !== undefined) return true
  return cls.bases.some((base) =>
    base.kind === 'class'
      ? runsModels(base.cls, seen)
      : base.kind === 'ref' && RUNS_MODELS.test(base.name),
  )
}
