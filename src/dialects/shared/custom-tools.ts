import type { ContentPart, ToolCallPart } from '../../conversation/content.ts';
import { asObject, asString, parseJson } from '../../conversation/json.ts';
import type { ChatRequest, CustomTool, FunctionTool } from '../../conversation/request.ts';
import type { ChatResponse } from '../../conversation/response.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';

/**
 * Free-form tools (OpenAI `custom`, such as Codex' `apply_patch`) for targets that know only JSON functions: offered as a function
 * with one string argument, `input`; the call is turned back before the client sees it.
 */
export function customAsFunction(tool: CustomTool): FunctionTool {
  const definition = asString(tool.format?.definition);
  const grammar = definition ? `\n\nThe input must follow this ${asString(tool.format?.syntax) ?? ''} grammar:\n${definition}` : '';
  return {
    type: 'function',
    name: tool.name,
    description: `${tool.description ?? ''}${grammar}`.trim(),
    parameters: {
      type: 'object',
      properties: { input: { type: 'string', description: 'The whole input, as plain text.' } },
      required: ['input'],
      additionalProperties: false,
    },
  };
}

/** The arguments of an earlier custom call in the form of `customAsFunction`. */
export function argumentsAsFunction(call: ToolCallPart): string {
  return call.kind === 'custom' ? JSON.stringify({ input: call.arguments }) : call.arguments;
}

/** The free text inside the arguments that a model wrote for a custom tool offered as a function. */
export function customInput(args: string): string {
  return asString(asObject(parseJson(args))?.input) ?? args;
}

/** The names of the request's custom tools; empty for most requests. */
export function customToolNames(request: ChatRequest): Set<string> {
  const names = new Set<string>();
  for (const tool of request.tools ?? []) if (tool.type === 'custom') names.add(tool.name);
  return names;
}

/** Turns calls to custom tools back in a streamed answer. Their argument text is held until the call is whole. */
export class CustomCallRestorer {
  readonly #names: Set<string>;
  readonly #held = new Map<number, string>();

  constructor(names: Set<string>) {
    this.#names = names;
  }

  push(event: StreamEvent): StreamEvent[] {
    if (
      event.type === 'part-start' &&
      event.content.type === 'tool-call' &&
      event.content.kind !== 'custom' &&
      this.#names.has(event.content.name)
    ) {
      this.#held.set(event.part, event.content.arguments);
      return [{ ...event, content: { ...event.content, kind: 'custom', arguments: '' } }];
    }
    if (event.type === 'part-delta' && event.delta.type === 'arguments') {
      const held = this.#held.get(event.part);
      if (held === undefined) return [event];
      this.#held.set(event.part, held + event.delta.text);
      return [];
    }
    if (event.type === 'part-end') {
      const held = this.#held.get(event.part);
      if (held === undefined) return [event];
      this.#held.delete(event.part);
      return [{ type: 'part-delta', part: event.part, delta: { type: 'arguments', text: customInput(held) } }, event];
    }
    return [event];
  }
}

/** The same for a whole answer. Gives the same object when no custom tool was called. */
export function restoreCustomCalls(response: ChatResponse, request: ChatRequest): ChatResponse {
  const names = customToolNames(request);
  if (names.size === 0) return response;
  const restore = (part: ContentPart): ContentPart =>
    part.type === 'tool-call' && part.kind !== 'custom' && names.has(part.name)
      ? { ...part, kind: 'custom', arguments: customInput(part.arguments) }
      : part;
  return { ...response, choices: response.choices.map((choice) => ({ ...choice, content: choice.content.map(restore) })) };
}
