import * as l10n from '@vscode/l10n';
import type { ContentPart, MediaSource, Message, ToolResultPart } from '../../conversation/content.ts';
import { asObject, type JsonObject, parseJson } from '../../conversation/json.ts';
import type { ChatRequest, OutputFormat } from '../../conversation/request.ts';
import { argumentsAsFunction, customAsFunction } from '../../dialects/shared/custom-tools.ts';
import type { EditorApi, EditorMessage, EditorOptions, EditorTool, InputPart } from './editor-api.ts';
import { BridgeFailure } from './failure.ts';

type Makers = Pick<
  EditorApi,
  | 'LanguageModelChatMessage'
  | 'LanguageModelChatMessageRole'
  | 'LanguageModelTextPart'
  | 'LanguageModelToolCallPart'
  | 'LanguageModelToolResultPart'
  | 'LanguageModelDataPart'
  | 'LanguageModelChatToolMode'
>;

type Role = 'User' | 'Assistant';

/**
 * A request in the form of VS Code's API. That has no system role: instructions become user messages, where they stand. Results of tools
 * come in messages of their own right after the calls: Copilot refuses what mixes them with other content.
 * Throws BridgeFailure for content that the API has no form for.
 */
export function editorMessages(api: Makers, request: ChatRequest): EditorMessage[] {
  const writer = new MessageWriter(api);
  for (const message of request.messages) writer.add(message);
  const format = formatWords(request.output);
  if (format) writer.text('User', format);
  return writer.done();
}

class MessageWriter {
  readonly #api: Makers;
  readonly #messages: EditorMessage[] = [];
  #open: { role: Role; results: boolean; parts: InputPart[] } | undefined;

  constructor(api: Makers) {
    this.#api = api;
  }

  add({ role, content }: Message): void {
    const results = content.filter((part) => part.type === 'tool-result');
    // Results of parallel calls arrive as messages of their own, and go out as one.
    for (const result of results) this.#part('User', true, this.#result(result));
    const rest = content.filter((part) => part.type !== 'tool-result').flatMap((part) => this.#partOf(part));
    if (rest.length === 0) return;
    if (results.length === 0) this.#close();
    for (const part of rest) this.#part(role === 'assistant' ? 'Assistant' : 'User', false, part);
    this.#close();
  }

  text(role: Role, text: string): void {
    this.#close();
    this.#part(role, false, new this.#api.LanguageModelTextPart(text));
  }

  done(): EditorMessage[] {
    this.#close();
    return this.#messages;
  }

  #part(role: Role, results: boolean, part: InputPart): void {
    if (this.#open && (this.#open.role !== role || this.#open.results !== results)) this.#close();
    this.#open ??= { role, results, parts: [] };
    this.#open.parts.push(part);
  }

  #close(): void {
    if (!this.#open) return;
    const { role, parts } = this.#open;
    this.#messages.push(new this.#api.LanguageModelChatMessage(this.#api.LanguageModelChatMessageRole[role], parts));
    this.#open = undefined;
  }

  #partOf(part: Exclude<ContentPart, ToolResultPart>): InputPart[] {
    switch (part.type) {
      case 'text':
      case 'refusal':
        return part.text ? [new this.#api.LanguageModelTextPart(part.text)] : [];
      case 'image':
        return [this.#data(part.source, 'images')];
      case 'audio':
        return part.transcript ? [new this.#api.LanguageModelTextPart(part.transcript)] : [this.#data(part.source, 'audio')];
      case 'file':
        return [part.text === undefined ? this.#data(part.source, 'files') : new this.#api.LanguageModelTextPart(part.text)];
      case 'tool-call':
        return [new this.#api.LanguageModelToolCallPart(part.id, part.name, inputOf(argumentsAsFunction(part)))];
      case 'server':
        return part.text ? [new this.#api.LanguageModelTextPart(part.text)] : [];
      // Thoughts of earlier turns can be proven to nobody here.
      case 'reasoning':
        return [];
    }
  }

  #result({ callId, content }: ToolResultPart): InputPart {
    const parts = content.flatMap((part) => this.#partOf(part));
    // Providers look for a text in each result.
    if (parts.length === 0) parts.push(new this.#api.LanguageModelTextPart(''));
    return new this.#api.LanguageModelToolResultPart(callId, parts);
  }

  #data(source: MediaSource, what: string): InputPart {
    const { LanguageModelDataPart } = this.#api;
    if (source.kind !== 'base64' || !LanguageModelDataPart) {
      throw new BridgeFailure(
        400,
        'unsupported_value',
        `VS Code's models take ${what} only with their data, and not in this version or form.`,
      );
    }
    return new LanguageModelDataPart(new Uint8Array(Buffer.from(source.data, 'base64')), source.mimeType);
  }
}

/** Models write arguments that are no JSON at times; the API takes objects alone. */
function inputOf(args: string): JsonObject {
  if (args.trim() === '') return {};
  return asObject(parseJson(args)) ?? { input: args };
}

/** The API knows no output formats: the model is told in words. */
function formatWords(output: OutputFormat | undefined): string | undefined {
  switch (output?.type) {
    case 'json':
      return 'Answer with one JSON object and nothing else.';
    case 'json-schema':
      return `Answer with one JSON value and nothing else. It must be valid against this JSON Schema:\n${JSON.stringify(output.schema)}`;
    default:
      return undefined;
  }
}

/** Why the models are asked, as VS Code shows it in its question for consent. */
export function justification(): string {
  return l10n.t('The coding tools that you connected to OmniRoute ask this model.');
}

/** Tools and settings of a request. `modelOptions` has OpenAI's names, which Copilot and most providers look for. */
export function editorOptions(api: Makers, request: ChatRequest): EditorOptions {
  const modelOptions = modelOptionsOf(request);
  const tools = toolsOf(request);
  // "Some models only support a single tool when using this mode" (vscode.d.ts); Copilot refuses several.
  const required = tools.length === 1 && mustCall(request);
  return {
    justification: justification(),
    ...(Object.keys(modelOptions).length > 0 ? { modelOptions } : {}),
    ...(tools.length > 0 ? { tools, toolMode: api.LanguageModelChatToolMode[required ? 'Required' : 'Auto'] } : {}),
  };
}

function mustCall({ toolChoice }: ChatRequest): boolean {
  return (
    toolChoice?.type === 'required' || toolChoice?.type === 'tool' || (toolChoice?.type === 'allowed' && toolChoice.mode === 'required')
  );
}

function toolsOf({ tools = [], toolChoice }: ChatRequest): EditorTool[] {
  if (toolChoice?.type === 'none') return [];
  const offered = (name: string): boolean => {
    if (toolChoice?.type === 'tool') return name === toolChoice.name;
    return toolChoice?.type !== 'allowed' || toolChoice.names.includes(name);
  };
  return tools.flatMap((tool) => {
    if (tool.type === 'server' || !offered(tool.name)) return [];
    const { name, description = '', parameters } = tool.type === 'custom' ? customAsFunction(tool) : tool;
    return [{ name, description, inputSchema: parameters ?? { type: 'object', properties: {} } }];
  });
}

function modelOptionsOf({ sampling, reasoning }: ChatRequest): Record<string, unknown> {
  const options = {
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_tokens: sampling.maxTokens,
    frequency_penalty: sampling.frequencyPenalty,
    presence_penalty: sampling.presencePenalty,
    seed: sampling.seed,
    stop: sampling.stop,
    reasoning_effort: reasoning?.effort,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
