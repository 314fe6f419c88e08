import { describe, expect, it } from 'vitest';
import { type Next, runSteps, type Step } from '../../../src/editor/input/steps.ts';

interface State {
  long: boolean;
}

/** Steps that answer from a list, and note where they stood. */
function scripted(answers: Next[], notes: string[]): Step<State>[] {
  const step = (name: string, more: Partial<Step<State>> = {}): Step<State> => ({
    name,
    applies: () => true,
    run: async (_state, { step: at, totalSteps, canGoBack }) => {
      notes.push(`${name} ${at ?? '-'}/${totalSteps ?? '-'}${canGoBack ? ' ←' : ''}`);
      return answers.shift() ?? 'next';
    },
    ...more,
  });
  return [
    step('first', { decidesRest: true }),
    step('aside', { aside: true }),
    step('maybe', { applies: ({ long }) => long }),
    step('last'),
  ];
}

describe('steps', () => {
  it('are asked in order, those that apply, and counted when their number is known', async () => {
    const notes: string[] = [];
    expect(await runSteps('T', scripted([], notes), { long: true })).toBe(true);
    expect(notes).toEqual(['first 1/-', 'aside -/- ←', 'maybe 2/3 ←', 'last 3/3 ←']);
  });

  it('go back to the page that was seen before, passing over asides and what does not apply', async () => {
    const notes: string[] = [];
    expect(await runSteps('T', scripted(['next', 'next', 'back', 'next', 'back', 'cancel'], notes), { long: false })).toBe(false);
    expect(notes.map((note) => note.split(' ')[0])).toEqual(['first', 'aside', 'last', 'first', 'aside', 'first']);
  });

  it('begin anywhere, and end when there is nothing to go back to', async () => {
    const notes: string[] = [];
    expect(await runSteps('T', scripted(['back'], notes), { long: true }, 'last')).toBe(false);
    expect(notes).toEqual(['last 3/3']);
  });
});
