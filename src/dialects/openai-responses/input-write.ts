import type {
  AudioPart,
  ContentPart,
  FilePart,
  ImagePart,
  Message,
  ReasoningPart,
  RefusalPart,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from '../../conversation/content.ts';
import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { sealSignature } from '../../conversation/signature.ts';
import type { WriteContext } from '../dialect.ts';
import { openaiToolId } from '../shared/tool-ids.ts';
import { writeContent, writeContents } from './content-write.ts';
import { ID, isOurId, itemOf, kept } from './extension.ts';
import { type WireName, wireNames } from './namespaces.ts';

/** The messages as `input` items. */
export function writeInput(messages: Message[], request: ChatRequest, context: WriteContext): JsonObject[] {
  const writer = new InputWriter(request, context);
  for (const message of messages) writer.add(message);
  return writer.items;
}

/** OpenAI: `call_id` takes 64 characters at most. */
const callId = (id: string): string => openaiToolId(id, 64);

class InputWriter {
  readonly items: JsonObject[] = [];
  readonly #request: ChatRequest;
  readonly #context: WriteContext;
  readonly #wire: Map<string, WireName>;
  readonly #custom = new Set<string>();
  #plain: JsonObject | undefined;

  constructor(request: ChatRequest, context: WriteContext) {
    this.#request = request;
    this.#context = context;
    this.#wire = wireNames(request);
  }

  add(message: Message): void {
    switch (message.role) {
      case 'assistant':
        this.#assistant(message);
        return;
      case 'system':
      case 'developer':
      case 'user':
      case 'tool':
        this.#other(message);
        return;
    }
  }

  /** Tool results stand before the rest, whatever their place: Anthropic and Gemini mix both in one user message. */
  #other(message: Message): void {
    const rest: ContentPart[] = [];
    for (const part of message.content) {
      if (part.type === 'tool-result') this.#result(part);
      else rest.push(part);
    }
    if (rest.length === 0 && message.content.length > 0) return;
    const role = message.role === 'tool' ? 'user' : message.role;
    const item = itemOf(message) ?? { type: 'message' };
    const only = rest[0];
    if (kept(message).string && rest.length === 1 && only?.type === 'text') {
      this.items.push({ ...item, role, content: only.text });
      return;
    }
    const content = writeContents(rest, 'input_text', this.#request, this.#context.warn);
    if (content.length > 0 || rest.length === 0) this.items.push({ ...item, role, content });
  }

  #assistant(message: Message): void {
    let open: Json[] | undefined;
    this.#plain = undefined;
    for (const part of message.content) {
      if (part.type === 'text' || part.type === 'refusal') {
        open = this.#text(part, open);
        continue;
      }
      if (part.type === 'server' && kept(part).with && open) {
        open.push(part.raw);
        continue;
      }
      open = undefined;
      this.#part(part);
    }
    this.#dropDanglingReasoning();
  }

  /** Adds to the open message item, or begins one; gives the content list that stays open. */
  #text(part: TextPart | RefusalPart, open: Json[] | undefined): Json[] | undefined {
    const marks = kept(part);
    const item = itemOf(part);
    if (!item && !marks.with) return this.#plainText(part.text);
    if (marks.string && part.type === 'text') {
      this.items.push({ ...item, role: 'assistant', content: part.text });
      return undefined;
    }
    const written = marks.empty ? undefined : writeContent(part, 'output_text', this.#request, this.#context.warn);
    if (open && (!item || this.#sameItem(item))) {
      if (written) open.push(written);
      return open;
    }
    const content: Json[] = written ? [written] : [];
    this.items.push({ ...(item ?? { type: 'message' }), role: 'assistant', content });
    return content;
  }

  /**
   * Text of another dialect, as the `EasyInputMessage` with a string that the API takes without an id. Neighbouring pieces are one text,
   * as the SDK's `output_text` reads them: Anthropic cuts an answer with citations into many.
   */
  #plainText(text: string): undefined {
    const last = this.items.at(-1);
    if (this.#plain && last === this.#plain) this.#plain.content = `${String(this.#plain.content)}${text}`;
    else if (text !== '') {
      this.#plain = { type: 'message', role: 'assistant', content: text };
      this.items.push(this.#plain);
    }
  }

  /** Parts read from an answer each name the item they belong to. */
  #sameItem(item: JsonObject): boolean {
    const id = asString(item.id);
    return id !== undefined && this.items.at(-1)?.id === id;
  }

  #part(part: Exclude<ContentPart, TextPart | RefusalPart>): void {
    switch (part.type) {
      case 'tool-call':
        this.#call(part);
        return;
      case 'tool-result':
        this.#result(part);
        return;
      case 'reasoning':
        this.#reasoning(part);
        return;
      case 'server':
        if (part.dialect === ID) this.items.push(part.raw);
        else this.#foreignServer(part.text);
        return;
      case 'image':
        this.#image(part);
        return;
      case 'audio':
      case 'file':
        this.#media(part);
        return;
    }
  }

  #call(part: ToolCallPart): void {
    const item = itemOf(part);
    const ownName = asString(kept(part).name);
    const wire = this.#wire.get(part.name) ?? { name: ownName ?? part.name };
    const call = { ...item, call_id: callId(part.id), ...wire };
    if (part.kind === 'custom') {
      this.#custom.add(part.id);
      this.items.push({ ...call, type: 'custom_tool_call', input: part.arguments });
    } else this.items.push({ ...call, type: 'function_call', arguments: part.arguments || (item ? '' : '{}') });
  }

  #result(part: ToolResultPart): void {
    const custom = part.kind === 'custom' || this.#custom.has(part.callId);
    this.items.push({
      ...itemOf(part),
      type: custom ? 'custom_tool_call_output' : 'function_call_output',
      call_id: callId(part.callId),
      output: this.#output(part),
    });
  }

  /** Texts alone are a string; with an image or file among them, or when the client wrote a list, a list of content parts. */
  #output(part: ToolResultPart): Json {
    const texts = part.content.flatMap((one) => (one.type === 'text' ? [one.text] : []));
    const list = kept(part).list === true || texts.length < part.content.length;
    if (!list) return failed(part, texts.length === 0 && part.json !== undefined ? JSON.stringify(part.json) : texts.join('\n'));
    const content = writeContents(part.content, 'input_text', this.#request, this.#context.warn);
    return part.isError ? [{ type: 'input_text', text: failed(part, '') }, ...content] : content;
  }

  /**
   * What this API minted goes back to it; a reasoning item of the client's own without proof too, since the vendor may hold it in store
   * (`store: true`) or take plain reasoning back (DeepSeek). What another vendor thought is left out: the API refuses it.
   */
  #reasoning(part: ReasoningPart): void {
    const { signature } = part;
    const item = itemOf(part);
    if (signature) {
      if (signature.dialect !== ID || (signature.model !== undefined && signature.model !== this.#context.model)) return;
      this.items.push({ type: 'reasoning', summary: summaryOf(part), ...item, encrypted_content: sealSignature(signature, ID) });
    } else if (item && isKeptByVendor(item)) this.items.push({ summary: summaryOf(part), ...item });
  }

  /** "Item 'rs_…' of type 'reasoning' was provided without its required following item" (recordings/errors/openai-responses-thinking-with-modified-history-1). */
  #dropDanglingReasoning(): void {
    if (this.#request.dialect === ID) return;
    while (this.items.at(-1)?.type === 'reasoning') this.items.pop();
  }

  #image(part: ImagePart): void {
    const item = itemOf(part);
    if (item?.type === 'image_generation_call' && part.source.kind === 'base64' && !isOurId(item.id))
      this.items.push({ ...item, result: part.source.data });
    else this.#context.warn("An image in the assistant's turn was left out: the OpenAI Responses API takes none there.");
  }

  #media(part: AudioPart | FilePart): void {
    const transcript = part.type === 'audio' ? part.transcript : undefined;
    if (transcript) this.#foreignServer(transcript);
    else
      this.#context.warn(
        `${part.type === 'audio' ? 'Audio' : 'A file'} in the assistant's turn was left out: the OpenAI Responses API takes none there.`,
      );
  }

  #foreignServer(text: string | undefined): void {
    if (text) this.items.push({ type: 'message', role: 'assistant', content: text });
    else this.#context.warn("A step of another vendor's server-side tool was left out.");
  }
}

/** An item under an id we made up, or under none (Codex sends no ids), is a copy of what another vendor thought: the API knows nothing of it. */
function isKeptByVendor(item: JsonObject): boolean {
  return item.id ? !isOurId(item.id) : asArray(item.content).length > 0;
}

function summaryOf(part: ReasoningPart): JsonObject[] {
  return part.text ? [{ type: 'summary_text', text: part.text }] : [];
}

/** The API has no error mark on outputs: the text says it, unless it (or a JSON `error` field) says so already. */
function failed(part: ToolResultPart, text: string): string {
  if (!part.isError || /^\s*error\b/i.test(text)) return text;
  if (isObject(part.json) && asObject(part.json)?.error !== undefined) return text;
  return text === '' ? 'Error' : `Error: ${text}`;
}
