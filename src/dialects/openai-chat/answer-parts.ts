import type { AudioPart, ContentPart, ToolCallPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ReplyContext } from '../dialect.ts';
import { urlFromSource } from '../shared/media.ts';
import { writeAnnotation } from './annotations.ts';
import { callSignatureField } from './call-signature.ts';
import { detailFields } from './reasoning-details.ts';

/** Fields of a message or a delta. */
export type WireFields = JsonObject;

/** `chatcmpl-…`, which some clients check; another vendor's id stays readable inside it. */
export function completionId(id: string | undefined, context: ReplyContext): string {
  const kept = id?.replace(/[^\w-]/g, '');
  if (!kept) return `chatcmpl-${context.newId()}`;
  return kept.startsWith('chatcmpl-') ? kept : `chatcmpl-${kept}`;
}

/** What a whole part adds to an assistant message. */
export function partFields(part: ContentPart, context: ReplyContext): WireFields {
  switch (part.type) {
    case 'text': {
      const annotations = (part.citations ?? []).map(writeAnnotation).filter((annotation) => annotation !== undefined);
      return {
        content: part.text,
        ...(annotations.length > 0 ? { annotations } : {}),
        ...(part.signature ? { extra_content: callSignatureField(part.signature) } : {}),
      };
    }
    case 'reasoning':
      return { ...(part.text ? { reasoning_content: part.text } : {}), ...(part.signature ? detailFields(part.signature) : {}) };
    case 'refusal':
      return { refusal: part.text };
    case 'tool-call':
      return { tool_calls: [callFields(part)] };
    case 'image': {
      const url = urlFromSource(part.source);
      return url === undefined ? {} : { images: [{ type: 'image_url', image_url: { url } }] };
    }
    case 'audio':
      return { audio: audioFields(part, context) };
    case 'server':
      return part.text ? { content: part.text } : {};
    case 'file':
      if (part.text === undefined) context.warn('A file in the answer was left out: Chat Completions cannot hold one.');
      return part.text === undefined ? {} : { content: part.text };
    case 'tool-result':
      return {};
  }
}

/** A whole tool call; a delta has `index` besides. */
export function callFields(call: ToolCallPart): JsonObject {
  const extra = call.signature ? { extra_content: callSignatureField(call.signature) } : {};
  if (call.kind === 'custom') return { id: call.id, type: 'custom', custom: { name: call.name, input: call.arguments }, ...extra };
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments }, ...extra };
}

const HOUR_SECONDS = 3600;

/** `expires_at` is required: OpenAI keeps its audio for an hour. */
function audioFields(part: AudioPart, context: ReplyContext): JsonObject {
  return {
    id: part.id ?? `audio_${context.newId()}`,
    data: part.source.kind === 'base64' ? part.source.data : '',
    transcript: part.transcript ?? '',
    expires_at: Math.floor(context.now() / 1000) + HOUR_SECONDS,
  };
}
