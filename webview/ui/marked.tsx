import type { VNode } from 'preact';
import { piecesOf } from './marks.ts';

/** A text in which what is looked for is marked. */
export function Marked({ text, search }: { text: string; search: string }): VNode {
  return <>{piecesOf(text, search).map((piece, at) => (piece.found ? <mark key={at}>{piece.text}</mark> : piece.text))}</>;
}
