import type { Json } from '../../conversation/json.ts';
import type { EditProblem, EditResult, Format, PathStep, TextEdit } from './edit.ts';
import { lineAndColumn, type Splice, spliced } from './text.ts';
import { edited, isEmpty, lookUp, mismatch, same } from './value.ts';

/** Why something cannot be done, and where. */
export interface Obstacle {
  message: string;
  offset: number;
}

/** What a document answers to a change: the splices that make it, or what is in the way. */
export type Answer = { splices: Splice[] } | { obstacle: Obstacle };

/** A parsed text that knows where its parts stand. */
export interface TextDocument {
  value: Json;
  /** Where what lies at the path begins, or the nearest above it. */
  at(path: readonly PathStep[]): number;
  /** Only asked for places that fit (`mismatch`) and differ. */
  set(path: readonly PathStep[], to: Json): Answer;
  /** Only asked for places that are there. */
  remove(path: readonly PathStep[]): Answer;
}

export type Parsed = { ok: true; document: TextDocument } | { ok: false; obstacle: Obstacle };

/**
 * A format from its parser. Every single change is checked: the new text must parse, and its value must be the old one with that change
 * alone. What does not hold is a problem, never a guess; so no alias, merge or odd layout can make us change something else.
 */
export function formatOf(empty: string, parser: (text: string) => Parsed, store: (value: Json) => Json = (value) => value): Format {
  const parse = (text: string): Parsed => shallow(text, parser);
  return {
    empty,
    read(text) {
      const parsed = parse(text);
      return parsed.ok ? { ok: true, value: parsed.document.value } : { ok: false, problem: problemOf(text, parsed.obstacle) };
    },
    apply(text, edits) {
      let now = text;
      for (const edit of edits) {
        const result = applied(now, 'set' in edit ? { set: edit.set, to: store(edit.to) } : edit, parse);
        if (!result.ok) return result;
        now = result.text;
      }
      return { ok: true, text: now };
    },
  };
}

/** A parser that runs out of stack meets a file that nobody wrote by hand. */
function shallow(text: string, parser: (text: string) => Parsed): Parsed {
  try {
    return parser(text);
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, obstacle: { message: 'The document is nested too deeply.', offset: 0 } };
    throw error;
  }
}

function applied(text: string, edit: TextEdit, parse: (text: string) => Parsed): EditResult {
  const parsed = parse(text);
  if (!parsed.ok) return failed(text, parsed.obstacle);
  const { document } = parsed;
  const path = 'set' in edit ? edit.set : edit.remove;
  const looked = lookUp(document.value, path);
  if ('set' in edit ? looked.found && same(looked.value, edit.to) : !looked.found) return { ok: true, text };
  const wrong = mismatch(document.value, path);
  if (wrong) return failed(text, misfit(document, path, wrong.depth));
  const answer = 'set' in edit ? document.set(path, edit.to) : document.remove(path);
  if ('obstacle' in answer) return failed(text, answer.obstacle);
  const next = spliced(text, answer.splices);
  const check = parse(next);
  if (check.ok && alike(check.document.value, edited(document.value, edit))) return { ok: true, text: next };
  return failed(text, { message: `${nameOf(path)} cannot be changed here without touching something else.`, offset: document.at(path) });
}

/** A document that became empty is read as null by some formats, and as an empty object by others. */
function alike(a: Json, b: Json): boolean {
  return same(a, b) || ((a === null || isEmpty(a)) && (b === null || isEmpty(b)));
}

function misfit(document: TextDocument, path: readonly PathStep[], depth: number): Obstacle {
  const upTo = path.slice(0, depth);
  const looked = lookUp(document.value, upTo);
  const is = looked.found ? kindOf(looked.value) : 'not there';
  const step = path[depth];
  const wanted = typeof step === 'string' ? 'an object' : typeof step === 'number' ? `a list of at least ${step} items` : 'a list';
  return { message: `${depth === 0 ? 'The document' : nameOf(upTo)} is ${is} here, and has to be ${wanted}.`, offset: document.at(upTo) };
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === null) return 'empty';
  return (
    { object: 'an object', string: 'a text', number: 'a number', boolean: 'a yes or no' }[typeof value as 'object'] ?? 'something else'
  );
}

/** A path as people write it: `models[name=OmniRoute].apiBase`. */
export function nameOf(path: readonly PathStep[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (typeof step === 'object') return `[${step.where}=${step.is}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** Line and column of an obstacle. */
export function problemOf(text: string, obstacle: Obstacle): EditProblem {
  return { message: obstacle.message, ...lineAndColumn(text, obstacle.offset) };
}

function failed(text: string, obstacle: Obstacle): EditResult {
  return { ok: false, problem: problemOf(text, obstacle) };
}
