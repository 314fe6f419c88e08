import type {
  ContentPart,
  FilePart,
  ImagePart,
  MediaSource,
  ReasoningPart,
  ServerPart,
  TextPart,
  ToolResultContent,
  ToolResultPart,
} from '../../conversation/content.ts';
import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import { openSignature } from '../../conversation/signature.ts';
import { readCitations } from './citations.ts';
import { serverText } from './server-text.ts';
import { DIALECT, extensionOf, readCache } from './vocabulary.ts';

const TEXT = new Set(['type', 'text', 'citations', 'cache_control']);
const IMAGE = new Set(['type', 'source', 'cache_control']);
const DOCUMENT = new Set(['type', 'source', 'title', 'cache_control']);
const TOOL_USE = new Set(['type', 'id', 'name', 'input', 'cache_control']);
const TOOL_RESULT = new Set(['type', 'tool_use_id', 'content', 'is_error', 'cache_control']);

/** Content of a message: a string stands for one text block. */
export function readContent(content: Json | undefined): ContentPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return joinSignatures(asArray(content).filter(isObject).map(readBlock));
}

/** One content block, of a request or an answer. What has no canonical form becomes a server part, whole. */
export function readBlock(block: JsonObject): ContentPart {
  switch (block.type) {
    case 'text':
      return readText(block);
    case 'image':
      return readImage(block) ?? serverPart(block);
    case 'document':
      return readDocument(block) ?? serverPart(block);
    case 'thinking':
      return readThinking(block);
    case 'redacted_thinking':
      return { type: 'reasoning', text: '', redacted: true, signature: openSignature(asString(block.data) ?? '', DIALECT) };
    case 'tool_use':
      return {
        type: 'tool-call',
        id: asString(block.id) ?? '',
        name: asString(block.name) ?? '',
        arguments: JSON.stringify(block.input ?? {}),
        ...readCache(block.cache_control),
        ...extensionOf(block, TOOL_USE),
      };
    case 'tool_result':
      return readToolResult(block);
    default:
      return serverPart(block);
  }
}

function readText(block: JsonObject): TextPart {
  return {
    type: 'text',
    text: asString(block.text) ?? '',
    ...readCitations(block.citations),
    ...readCache(block.cache_control),
    ...extensionOf(block, TEXT),
  };
}

function readThinking(block: JsonObject): ReasoningPart {
  const signature = asString(block.signature);
  return {
    type: 'reasoning',
    text: asString(block.thinking) ?? '',
    // An empty signature is what our own answers carry where the vendor gave none.
    ...(signature ? { signature: openSignature(signature, DIALECT) } : {}),
  };
}

function readImage(block: JsonObject): ImagePart | undefined {
  const source = readSource(asObject(block.source));
  return source && { type: 'image', source, ...readCache(block.cache_control), ...extensionOf(block, IMAGE) };
}

function readDocument(block: JsonObject): FilePart | undefined {
  const source = asObject(block.source);
  const title = asString(block.title);
  const common = { ...(title === undefined ? {} : { filename: title }), ...readCache(block.cache_control) };
  if (source?.type === 'text') {
    const text = asString(source.data) ?? '';
    const mimeType = asString(source.media_type) ?? 'text/plain';
    return { type: 'file', source: textSource(text, mimeType), text, ...common, ...extensionOf(block, DOCUMENT) };
  }
  if (source?.type === 'content') {
    // A document made of blocks has no canonical form: its text for others, the block itself for this dialect.
    const text = textOf(source.content);
    return { type: 'file', source: textSource(text, 'text/plain'), text, ...common, extensions: { [DIALECT]: { block } } };
  }
  const media = readSource(source);
  if (!media) return undefined;
  const typed: MediaSource = media.kind === 'url' ? { ...media, mimeType: 'application/pdf' } : media;
  return { type: 'file', source: typed, ...common, ...extensionOf(block, DOCUMENT) };
}

function readSource(source: JsonObject | undefined): MediaSource | undefined {
  switch (source?.type) {
    case 'base64':
      return { kind: 'base64', mimeType: asString(source.media_type) ?? 'application/octet-stream', data: asString(source.data) ?? '' };
    case 'url':
      return { kind: 'url', url: asString(source.url) ?? '' };
    case 'file':
      return { kind: 'file-id', id: asString(source.file_id) ?? '', dialect: DIALECT };
    default:
      return undefined;
  }
}

const textSource = (text: string, mimeType: string): MediaSource => ({
  kind: 'base64',
  mimeType,
  data: Buffer.from(text).toString('base64'),
});

/** The text of a string or of the text blocks in a list. */
function textOf(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((item) => asString(asObject(item)?.text))
    .filter((text) => text !== undefined)
    .join('\n');
}

function readToolResult(block: JsonObject): ToolResultPart {
  return {
    type: 'tool-result',
    callId: asString(block.tool_use_id) ?? '',
    content: readResultContent(block.content),
    ...(typeof block.is_error === 'boolean' ? { isError: block.is_error } : {}),
    ...readCache(block.cache_control),
    ...extensionOf(block, TOOL_RESULT),
  };
}

function readResultContent(content: Json | undefined): ToolResultContent[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return asArray(content).filter(isObject).map(readResultBlock);
}

function readResultBlock(block: JsonObject): ToolResultContent {
  const part = readBlock(block);
  if (part.type === 'text' || part.type === 'image' || part.type === 'file') return part;
  // Search results, tool references and whatever comes next: readable text for others, the block itself for this dialect.
  return { type: 'text', text: serverText(block) ?? JSON.stringify(block), extensions: { [DIALECT]: { block } } };
}

function serverPart(block: JsonObject): ServerPart {
  const text = serverText(block);
  return { type: 'server', dialect: DIALECT, name: asString(block.type) ?? '', raw: block, ...(text === undefined ? {} : { text }) };
}

/**
 * Gemini signs tool calls; here such a signature travels as a `redacted_thinking` block behind the call it belongs to
 * (`signatureBlock`), and is hung back on it when the client replays the conversation.
 */
function joinSignatures(parts: ContentPart[]): ContentPart[] {
  const joined: ContentPart[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const carried = part.type === 'reasoning' && part.redacted && part.signature?.dialect === 'gemini' ? part.signature : undefined;
    if (carried && before?.type === 'tool-call' && !before.signature) before.signature = carried;
    else joined.push(part);
  }
  return joined;
}
