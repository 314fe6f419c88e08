import type { JsonObject } from '../../conversation/json.ts';
import { isObject } from '../../conversation/json.ts';

export interface Turn {
  role: 'user' | 'assistant' | 'system';
  content: JsonObject[];
  extra?: JsonObject;
}

/** Neighbours of one role become one turn, empty ones go: the API joins them too, but strict compatible vendors refuse them. */
export function mergeTurns(turns: readonly Turn[]): Turn[] {
  const merged: Turn[] = [];
  for (const turn of turns) {
    const last = merged.at(-1);
    if (turn.content.length === 0) continue;
    if (last?.role === turn.role) {
      last.content.push(...turn.content);
      if (turn.extra) last.extra = { ...last.extra, ...turn.extra };
    } else merged.push({ ...turn, content: [...turn.content] });
  }
  return merged;
}

/**
 * Puts every result directly behind its call, at the head of the next user turn (API: "tool_use ids were found without tool_result
 * blocks immediately after"). A call nobody answered gets an error result; a result without a call becomes text, since
 * dropping it would hide from the model what happened.
 */
export function pairResults(turns: readonly Turn[], warn: (message: string) => void): Turn[] {
  const taken = new Set<JsonObject>();
  const given = new Set(turns);
  const paired: Turn[] = [];
  turns.forEach((turn, at) => {
    paired.push(turn);
    if (turn.role !== 'assistant') return;
    const answers = callsOf(turn).map((id) => takeResult(id, turns, at + 1, taken) ?? missing(id, warn));
    if (answers.length > 0) paired.push({ role: 'user', content: answers });
  });
  const placed = new Set(paired.flatMap((turn) => (given.has(turn) ? [] : turn.content)));
  const rest = paired.map((turn) => (given.has(turn) ? withoutResults(turn, placed, warn) : turn));
  return mergeTurns(rest).map(resultsFirst);
}

const callsOf = (turn: Turn): string[] => turn.content.filter((block) => block.type === 'tool_use').map((block) => String(block.id));

function takeResult(id: string, turns: readonly Turn[], from: number, taken: Set<JsonObject>): JsonObject | undefined {
  for (let at = from; at < turns.length; at += 1) {
    const turn = turns[at];
    if (turn?.role !== 'user') continue;
    const found = turn.content.find((block) => block.type === 'tool_result' && block.tool_use_id === id && !taken.has(block));
    if (!found) continue;
    taken.add(found);
    return found;
  }
  return undefined;
}

function missing(id: string, warn: (message: string) => void): JsonObject {
  warn('A tool call without a result was given an error result, which this API demands.');
  return { type: 'tool_result', tool_use_id: id, content: 'No result was recorded.', is_error: true };
}

function withoutResults(turn: Turn, placed: ReadonlySet<JsonObject>, warn: (message: string) => void): Turn {
  const content = turn.content
    .filter((block) => !placed.has(block))
    .map((block) => {
      if (block.type !== 'tool_result') return block;
      warn('A tool result without its call was sent as text.');
      return { type: 'text', text: `Result of an earlier tool call:\n${resultText(block)}` };
    });
  return { ...turn, content };
}

function resultText(block: JsonObject): string {
  if (typeof block.content === 'string') return block.content;
  const blocks = Array.isArray(block.content) ? block.content.filter(isObject) : [];
  return blocks.map((item) => (typeof item.text === 'string' ? item.text : `[${String(item.type)}]`)).join('\n') || '(empty)';
}

function resultsFirst(turn: Turn): Turn {
  if (turn.role !== 'user') return turn;
  const results = turn.content.filter((block) => block.type === 'tool_result');
  return { ...turn, content: [...results, ...turn.content.filter((block) => block.type !== 'tool_result')] };
}
