import type { JsonObject } from '../../../src/conversation/json.ts';

/** Collects what a vendor would refuse, with the path where it stands. */
export class Problems {
  readonly found: string[] = [];

  say(path: string, what: string): void {
    this.found.push(`${path}: ${what}`);
  }

  /** A parameter that a model does not take, in OpenAI's words: a gateway may leave it out and ask again. */
  unsupported(body: JsonObject, parameter: string, model: RegExp): void {
    if (!model.test(String(body.model)) || body[parameter] === undefined || body[parameter] === 1) return;
    this.found.push(`Unsupported parameter: '${parameter}' is not supported with this model.`);
  }

  unless(holds: boolean, path: string, what: string): void {
    if (!holds) this.say(path, what);
  }

  /** Vendors that answer 400 to a field they do not know. */
  only(object: JsonObject, path: string, known: readonly string[]): void {
    for (const key of Object.keys(object)) this.unless(known.includes(key), path, `unknown field ${key}`);
  }
}

/** What a vendor says when only a parameter is too much. */
export const isRepairable = (problem: string): boolean => problem.startsWith('Unsupported parameter: ');

export const words = (text: string): string[] => text.trim().split(/\s+/);

export function isJson(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Ids of `calls` and `results` that have no counterpart. */
export function unpaired(problems: Problems, calls: readonly string[], results: readonly string[]): void {
  for (const id of calls) problems.unless(results.includes(id), 'calls', `no result for ${id}`);
  for (const id of results) problems.unless(calls.includes(id), 'results', `no call for ${id}`);
  problems.unless(new Set(calls).size === calls.length, 'calls', 'an id is used twice');
}
