import type { AudioPart, ContentPart, FilePart, ImagePart, ReasoningPart, ServerPart, ToolCallPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { type Signature, sealSignature } from '../../conversation/signature.ts';
import { toolInput } from './blocks-write.ts';
import { ownCitations } from './citations.ts';
import { DIALECT, ownExtension } from './vocabulary.ts';

type Warn = (message: string) => void;

/** The whole blocks of one part of an answer, as the SDK's `ContentBlock`; none where this dialect has no place for it. */
export function answerBlocks(part: ContentPart, warn: Warn): JsonObject[] {
  switch (part.type) {
    case 'text': {
      const citations = ownCitations(part.citations);
      const block = { type: 'text', citations: citations.length > 0 ? citations : null, text: part.text };
      return part.text === '' ? [] : [block];
    }
    case 'refusal':
      return part.text === '' ? [] : [{ type: 'text', citations: null, text: part.text }];
    case 'tool-call':
      return [{ ...callStart(part), input: toolInput(part).value }, ...signatureBlock(part.signature)];
    case 'reasoning':
      return [reasoningBlock(part)];
    case 'server':
      return serverBlock(part, warn);
    case 'image':
    case 'audio':
    case 'file':
      return mediaBlock(part, warn);
    case 'tool-result':
      warn('A tool result inside the answer was left out.');
      return [];
  }
}

/** A call before its arguments. */
export function callStart(part: ToolCallPart): JsonObject {
  return { type: 'tool_use', id: part.id, caller: { type: 'direct' }, name: part.name, ...ownExtension(part), input: {} };
}

/**
 * Thinking without a signature (another vendor's) is sent with an empty one: clients show it, and replay it to us, where it is
 * told by that. A signature of another vendor is sealed, so that it finds its way back.
 */
export function reasoningBlock(part: ReasoningPart): JsonObject {
  const signature = part.signature ? sealSignature(part.signature, DIALECT) : '';
  if (part.redacted) return { type: 'redacted_thinking', data: signature };
  return { type: 'thinking', thinking: part.text, signature };
}

/**
 * A signature that hangs on a call (Gemini demands it back) has no field here: it follows as a block of its own (see `joinSignatures`).
 * That of a text, which nobody demands, is let go: clients take an answer's last block for its result.
 */
export function signatureBlock(signature: Signature | undefined): JsonObject[] {
  if (!signature || signature.dialect === DIALECT) return [];
  return [{ type: 'redacted_thinking', data: sealSignature(signature, DIALECT) }];
}

function serverBlock(part: ServerPart, warn: Warn): JsonObject[] {
  if (part.dialect === DIALECT) return [part.raw];
  if (part.text) return [{ type: 'text', citations: null, text: part.text }];
  warn(`A ${part.name} of the vendor's own was left out: this dialect has no such block.`);
  return [];
}

function mediaBlock(part: ImagePart | AudioPart | FilePart, warn: Warn): JsonObject[] {
  const text = mediaText(part);
  warn(`The answer holds ${part.type === 'image' ? 'an' : 'a'} ${part.type}, which this dialect cannot carry.`);
  return [{ type: 'text', citations: null, text }];
}

function mediaText(part: ImagePart | AudioPart | FilePart): string {
  if (part.type === 'audio' && part.transcript) return part.transcript;
  if (part.source.kind === 'url') return part.type === 'image' ? `![image](${part.source.url})` : part.source.url;
  return `[${part.type}${part.source.mimeType ? `, ${part.source.mimeType}` : ''}: not shown]`;
}
