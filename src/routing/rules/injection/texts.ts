import type { Message, ToolResultPart } from '../../../conversation/content.ts';
import type { ChatRequest } from '../../../conversation/request.ts';

/** A text that came from outside: what a tool gave back, or a document. */
export interface OutsideText {
  /** `messages[4], tool "fetch"`, for people. */
  place: string;
  text: string;
}

/** Types of inline files that are text; PDFs, images and sound are not read. */
const TEXT_TYPE = /^(?:text\/|application\/(?:json|xml|xhtml|yaml|x-yaml|javascript))/i;

/**
 * Texts of the request that nobody in the conversation wrote: tool results and documents, newest first. Not what the user typed, nor
 * system prompts, nor what a vendor's own server-side tools found.
 */
export function* outsideTexts(request: ChatRequest): Generator<OutsideText> {
  for (let at = request.messages.length - 1; at >= 0; at -= 1) {
    const message = request.messages[at];
    if (message) yield* textsOf(message, at);
  }
}

function* textsOf(message: Message, at: number): Generator<OutsideText> {
  for (const part of message.content) {
    if (part.type === 'tool-result') yield* resultTexts(part, `messages[${at}], result of tool "${part.name ?? part.callId}"`);
    else if (part.type === 'file') {
      const text = fileText(part);
      if (text) yield { place: `messages[${at}], document "${part.filename ?? 'unnamed'}"`, text };
    }
  }
}

/** Readers give a result that was JSON on the wire as text too. */
function* resultTexts(part: ToolResultPart, place: string): Generator<OutsideText> {
  for (const inner of part.content) {
    const text = inner.type === 'text' ? inner.text : inner.type === 'file' ? fileText(inner) : undefined;
    if (text) yield { place, text };
  }
}

function fileText(part: Extract<Message['content'][number], { type: 'file' }>): string | undefined {
  if (part.text) return part.text;
  const { source } = part;
  if (source.kind !== 'base64' || !TEXT_TYPE.test(source.mimeType)) return undefined;
  return Buffer.from(source.data, 'base64').toString();
}
