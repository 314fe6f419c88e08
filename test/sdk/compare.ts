import type { Neutral, Outcome } from './neutral.ts';
import { type Facts, RULES } from './rules.ts';

/** Both answers in the form in which they must be equal: the rules of `rules.ts` applied, unknown numbers as 0, spaces in reasoning ignored. */
export function comparable(expected: Neutral, got: Neutral, facts: Facts): { expected: Neutral; got: Neutral } {
  let pair = { expected, got };
  for (const rule of RULES) if (rule.applies(facts, pair)) pair = rule.relax(pair);
  return { expected: levelled(pair.expected), got: levelled(pair.got) };
}

/** Numbers that a dialect requires stand as 0 where the vendor told none; reasoning is split into paragraphs differently everywhere. */
function levelled(answer: Neutral): Neutral {
  const { input = 0, cacheRead = 0, cacheWrite = 0, output = 0, reasoning = 0 } = answer.usage;
  return {
    choices: answer.choices.map((choice) => ({ ...choice, reasoning: choice.reasoning.replace(/\s+/g, '') })),
    usage: { input, cacheRead, cacheWrite, output, reasoning },
  };
}

/** True when nothing of the answer has a place in another dialect: then an answer and a failure are both honest. */
export function isHomeOnly(expected: Outcome, { from, to }: Facts): boolean {
  if (!expected.ok || from === to) return false;
  return expected.answer.choices.every(
    (choice) => choice.text === '' && choice.toolCalls.length === 0 && choice.finish !== 'length' && choice.finish !== 'blocked',
  );
}
