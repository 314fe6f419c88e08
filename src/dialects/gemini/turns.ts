import type { ToolResultPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { callId, type Writing } from './part-write.ts';
import { resultText, writeResult } from './result-write.ts';

interface Turn {
  role: 'user' | 'model';
  parts: JsonObject[];
  results: boolean;
}

/** Builds alternating turns. Results keep a turn of their own: text beside them breaks the count that Gemini checks. */
export class Turns {
  readonly #turns: Turn[] = [];
  readonly #names: Map<string, string>;
  readonly #writing: Writing;
  /** Calls of the last model turn that have no result yet, in order. */
  #open: string[] = [];
  /** Images and files that came with results, and results without a call: shown after the last result. */
  #after: JsonObject[] = [];

  constructor(names: Map<string, string>, writing: Writing) {
    this.#names = names;
    this.#writing = writing;
  }

  /** `calls`: the ids of the calls among the parts. Neighbouring model messages are one step, their calls parallel. */
  model(parts: JsonObject[], calls: string[]): void {
    if (parts.length === 0) return;
    if (this.#turns.at(-1)?.role !== 'model') this.#settle();
    this.#add('model', parts, false);
    this.#open.push(...calls);
  }

  user(parts: JsonObject[]): void {
    if (parts.length === 0) return;
    this.#settle();
    this.#add('user', parts, false);
  }

  result(part: ToolResultPart): void {
    const at = this.#open.indexOf(part.callId);
    if (at < 0) {
      // No call to answer (the client cut his history): the words stay, the form would be refused.
      this.#after.push({ text: `Result of ${this.#names.get(part.callId) ?? part.name ?? 'a tool'}: ${resultText(part)}` });
      return;
    }
    this.#open.splice(at, 1);
    const written = writeResult({ ...part, name: this.#names.get(part.callId) ?? part.name }, this.#writing);
    this.#add('user', written.parts, true);
    this.#after.push(...written.after);
  }

  contents(): JsonObject[] {
    // Calls at the very end may still be waiting for their results: not ours to answer.
    if (this.#turns.at(-1)?.role !== 'model') this.#settle();
    if (this.#turns[0]?.role === 'model') this.#turns.unshift({ role: 'user', parts: [{ text: 'Continue.' }], results: false });
    return this.#turns.map(({ role, parts }) => ({ role, parts }));
  }

  /** Before another turn begins: every call gets a result, and what came beside the results is shown. */
  #settle(): void {
    for (const id of this.#open) {
      const name = this.#writing.names.toVendor(this.#names.get(id) ?? '');
      const response = { error: 'The call was not carried out.' };
      this.#add('user', [{ functionResponse: { ...callId(id, this.#writing), name, response } }], true);
    }
    this.#open = [];
    const after = this.#after;
    this.#after = [];
    if (after.length > 0) this.#add('user', after, false);
  }

  #add(role: Turn['role'], parts: JsonObject[], results: boolean): void {
    const last = this.#turns.at(-1);
    if (last && last.role === role && last.results === results) last.parts.push(...parts);
    else this.#turns.push({ role, parts: [...parts], results });
  }
}
