import type { Json } from '../../conversation/json.ts';

/** A place in a document: names of members, numbers of items. `{ where }`: the item of a list whose member has this value; added at the end when there is none. */
export type PathStep = string | number | { where: string; is: string };

/** One change of a document; everything else stays as it is, byte by byte. */
export type TextEdit =
  /** Sets the value at the path, making what lies on the way. */
  | { set: readonly PathStep[]; to: Json }
  /** Takes the value at the path away; nothing happens when it is not there. */
  | { remove: readonly PathStep[] };

/** Why a document cannot be edited. Lines and columns from 1. */
export interface EditProblem {
  message: string;
  line: number;
  column: number;
}

export type EditResult = { ok: true; text: string } | { ok: false; problem: EditProblem };

/** Edits one format in place: comments, order, indentation, line ends, BOM and trailing commas stay. */
export interface Format {
  /** Of a file that is not there yet. */
  empty: string;
  /** The document as a value, or where it does not parse. */
  read(text: string): { ok: true; value: Json } | { ok: false; problem: EditProblem };
  apply(text: string, edits: readonly TextEdit[]): EditResult;
}
