import type { Piece } from '../../../src/editor/language-model/answer-reader.ts';
import { type Asking, ask } from '../../../src/editor/language-model/ask.ts';
import type { Turn } from '../../../src/editor/language-model/parts.ts';
import type { LinkRequest } from '../../../src/editor/link/link.ts';
import type { Target } from '../../sdk/target.ts';

export const says = (text: string): Turn => ({ role: 'user', parts: [{ type: 'text', text }] });

/** Asks as the provider does, over HTTP with the gateway's key, as the link does. */
export async function askGateway(target: Target, asking: Partial<Asking> & { model: string }, give: (piece: Piece) => void): Promise<void> {
  await ask(
    (path, request) => sendTo(target, path, request),
    {
      turns: [says('Say something.')],
      tools: [],
      mustCall: false,
      options: {},
      initiator: undefined,
      signal: new AbortController().signal,
      ...asking,
    },
    give,
  );
}

export async function piecesOf(target: Target, asking: Partial<Asking> & { model: string }): Promise<Piece[]> {
  const pieces: Piece[] = [];
  await askGateway(target, asking, (piece) => pieces.push(piece));
  return pieces;
}

async function sendTo(target: Target, path: string, { method, body, headers, signal }: LinkRequest): Promise<Response> {
  return await fetch(`${target.url}${path}`, {
    ...(method ? { method } : {}),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${target.key}`, ...headers },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}

/** The pieces as the caller would send them back with his next turn: what the editor hands over, as instances of its classes. */
export function asReplayed(pieces: readonly Piece[]): unknown[] {
  return pieces.map(instanceOf);
}

function instanceOf(piece: Piece): unknown {
  switch (piece.type) {
    case 'text':
      return { value: piece.text };
    case 'thinking':
      return { value: piece.text, id: piece.id, metadata: piece.metadata };
    case 'tool-call':
      return { callId: piece.id, name: piece.name, input: piece.input };
    case 'data':
      return { mimeType: piece.mimeType, data: piece.data };
  }
}

export const textOf = (pieces: readonly Piece[]): string => pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
export const callsIn = (pieces: readonly Piece[]): Extract<Piece, { type: 'tool-call' }>[] =>
  pieces.flatMap((piece) => (piece.type === 'tool-call' ? [piece] : []));

export function usageIn(pieces: readonly Piece[]): unknown {
  const piece = pieces.findLast((each) => each.type === 'data' && each.mimeType === 'usage');
  return piece?.type === 'data' ? (JSON.parse(new TextDecoder().decode(piece.data)) as unknown) : undefined;
}
