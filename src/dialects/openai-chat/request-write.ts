import type { JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { WriteContext } from '../dialect.ts';
import { ToolNames, toolNamesOf } from '../shared/tool-names.ts';
import { DIALECT, keptFields } from './extensions.ts';
import { writeMessages } from './request-write-messages.ts';
import { writeOutput, writeReasoning, writeSampling } from './request-write-sampling.ts';
import { writeToolChoice, writeTools } from './request-write-tools.ts';

/** What OpenAI accepts as a function's name; `most` is also its limit in length. */
export const toolNamesFor = (request: ChatRequest): ToolNames => new ToolNames(toolNamesOf(request), /^[a-zA-Z0-9_-]{1,64}$/, 64);

/** What the writers of the request's parts need to know. */
export interface Writing {
  request: ChatRequest;
  context: WriteContext;
  names: ToolNames;
  /** The client spoke this dialect too: what he wrote is written back in his form. */
  own: boolean;
}

/** The vendor's body. Nothing throws: what Chat Completions cannot say is left out, with a warning where the user would miss it. */
export function writeRequest(request: ChatRequest, context: WriteContext): JsonObject {
  const writing: Writing = { request, context, names: toolNamesFor(request), own: request.dialect === DIALECT };
  const body: JsonObject = {
    ...keptFields(request.extensions),
    model: context.model,
    messages: writeMessages(writing),
    ...writeTools(writing),
    ...writeToolChoice(writing),
    ...writeSampling(writing),
    ...writeOutput(writing),
    ...modalities(request),
    ...(writing.own && request.user !== undefined && keptFields(request.extensions).safety_identifier === undefined
      ? { user: request.user }
      : {}),
  };
  writeReasoning(writing, body);
  if (request.stream) {
    body.stream = true;
    body.stream_options = { ...(body.stream_options as JsonObject | undefined), include_usage: true };
  } else {
    delete body.stream_options;
  }
  return body;
}

/** Text goes without saying; OpenRouter's image models and OpenAI's audio models want it named beside the other kind. */
function modalities(request: ChatRequest): JsonObject {
  const wanted = request.modalities?.map((kind) => kind.toLowerCase()) ?? [];
  if (wanted.every((kind) => kind === 'text')) return request.dialect === DIALECT && request.modalities ? { modalities: wanted } : {};
  return { modalities: wanted.includes('text') ? wanted : [...wanted, 'text'] };
}
