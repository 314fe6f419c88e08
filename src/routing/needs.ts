import type { ContentPart, MediaSource, Message } from '../conversation/content.ts';
import type { Json } from '../conversation/json.ts';
import type { ChatRequest } from '../conversation/request.ts';
import type { Needs } from './facts.ts';

/** What one image, recording or document is taken for: vendors that publish it say 258 (Gemini, a tile) to 1,600 (Anthropic). */
const MEDIA_TOKENS = 1000;
const CHARS_PER_TOKEN = 4;
/** A string this long without a blank is data, not text: an image in a vendor's own item. */
const DATA_CHARS = 2000;

interface Tally {
  /** Characters of text. */
  text: number;
  /** Characters of the body that are no text: base64, signatures. */
  opaque: number;
  media: number;
  vision: boolean;
}

/**
 * What a request asks of a model. Input tokens are characters / 4 of the body (`bodyChars`) without media and signatures, plus a flat
 * sum for each piece of media; of the messages where they hold more than the body does (a stored conversation was put in front).
 */
export function needsOf(request: ChatRequest, bodyChars: number): Needs {
  const tally: Tally = { text: 0, opaque: 0, media: 0, vision: false };
  for (const message of request.messages) addMessage(tally, message);
  const chars = Math.max(tally.text, bodyChars - tally.opaque);
  const { maxTokens } = request.sampling;
  return {
    tools: request.tools?.some((tool) => tool.type !== 'server') ?? false,
    vision: tally.vision,
    inputTokens: Math.ceil(chars / CHARS_PER_TOKEN) + tally.media * MEDIA_TOKENS,
    ...(maxTokens === undefined ? {} : { outputTokens: maxTokens }),
  };
}

function addMessage(tally: Tally, message: Message): void {
  for (const part of message.content) addPart(tally, part);
}

function addPart(tally: Tally, part: ContentPart): void {
  switch (part.type) {
    case 'text':
    case 'refusal':
      tally.text += part.text.length;
      break;
    case 'reasoning':
      tally.text += part.text.length;
      tally.opaque += part.signature?.value.length ?? 0;
      break;
    case 'tool-call':
      tally.text += part.name.length + part.arguments.length;
      tally.opaque += part.signature?.value.length ?? 0;
      break;
    case 'tool-result':
      for (const inner of part.content) addPart(tally, inner);
      break;
    case 'image':
      tally.vision = true;
      addMedia(tally, part.source);
      break;
    case 'audio':
      addMedia(tally, part.source);
      break;
    case 'file':
      if (part.text === undefined) addMedia(tally, part.source);
      else tally.text += part.text.length;
      break;
    case 'server':
      addRaw(tally, part.raw);
  }
}

function addMedia(tally: Tally, source: MediaSource): void {
  tally.media += 1;
  if (source.kind === 'base64') tally.opaque += source.data.length;
}

/** A vendor's own item may hold an image (Responses `image_generation_call.result`). */
function addRaw(tally: Tally, value: Json | undefined): void {
  if (typeof value === 'string') {
    if (value.length < DATA_CHARS || /\s/.test(value.slice(0, DATA_CHARS))) {
      tally.text += value.length;
    } else {
      tally.media += 1;
      tally.opaque += value.length;
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) addRaw(tally, inner);
  }
}
