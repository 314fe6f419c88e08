import { Buffer } from 'node:buffer';
import type { ContentPart, FilePart, ImagePart, Message, TextPart, ToolResultPart } from '../../conversation/content.ts';
import { mimeTypeOf } from './media.ts';

type Warn = (message: string) => void;

/**
 * The messages for targets whose tool messages hold the text of one result: results that stand inside a user turn come before the rest
 * of the turn, each in a message of its own, and their pictures follow in a user message once all results of the turn have been given.
 */
export function flatTurns(messages: readonly Message[]): Message[] {
  const out: Message[] = [];
  let pictures: ContentPart[] = [];
  const flush = (): void => {
    if (pictures.length > 0) out.push({ role: 'user', content: pictures });
    pictures = [];
  };
  for (const message of messages) {
    const results = message.content.filter((part) => part.type === 'tool-result');
    if (results.length === 0) flush();
    for (const result of results) {
      const images = result.content.filter((part) => part.type === 'image');
      out.push({ role: 'tool', content: [result] });
      if (images.length > 0) pictures.push({ type: 'text', text: `Attached to the result of ${result.name ?? 'the tool'}:` }, ...images);
    }
    const rest = message.content.filter((part) => part.type !== 'tool-result');
    if (rest.length === 0) continue;
    flush();
    out.push({ ...message, role: message.role === 'tool' ? 'user' : message.role, content: rest });
  }
  flush();
  return out;
}

/** The words of a tool's result; never empty, which several models and templates take badly. */
export function resultText(result: ToolResultPart, warn: Warn): string {
  const texts = result.content.flatMap((part) => (part.type === 'image' ? [] : (plainText(part, warn) ?? [])));
  if (texts.length > 0 && texts.some((text) => text !== '')) return texts.join('\n\n');
  if (result.json !== undefined) return JSON.stringify(result.json);
  return result.content.some((part) => part.type === 'image') ? 'See the attachment in the next message.' : '(no output)';
}

/** What a part says to a model that reads only text (pictures aside); `undefined`, with a warning, for what it cannot be told. */
export function plainText(part: ContentPart, warn: Warn): string | undefined {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text;
    case 'file':
      return fileText(part) ?? leftOut('A file', warn);
    case 'audio':
      return part.transcript ?? leftOut('A recording', warn);
    case 'server':
      return part.text ?? leftOut(`A ${part.name} block`, warn);
    case 'image':
      return leftOut('An image', warn);
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      return undefined;
  }
}

function leftOut(what: string, warn: Warn): undefined {
  warn(`${what} was left out: this provider's API has no place for it.`);
  return undefined;
}

function fileText(part: FilePart): string | undefined {
  const text = part.text ?? decoded(part);
  if (text === undefined) return undefined;
  return part.filename ? `${part.filename}:\n${text}` : text;
}

function decoded(part: FilePart): string | undefined {
  const mimeType = mimeTypeOf(part.source, part.filename);
  if (part.source.kind !== 'base64' || !/^text\/|^application\/(?:json|xml)/.test(mimeType ?? '')) return undefined;
  return Buffer.from(part.source.data, 'base64').toString();
}

/** A file that is a picture all the same. */
export function asImage(part: ContentPart): ImagePart | undefined {
  if (part.type === 'image') return part;
  if (part.type !== 'file' || !mimeTypeOf(part.source, part.filename)?.startsWith('image/')) return undefined;
  return { type: 'image', source: part.source };
}

/** All the words of a message, paragraphs apart where blocks stood apart. */
export function textOf(content: readonly ContentPart[], warn: Warn): string {
  return content
    .map((part) => plainText(part, warn))
    .filter((text): text is TextPart['text'] => text !== undefined && text !== '')
    .join('\n\n');
}
