import { describe, expect, it } from 'vitest';
import { json } from '../../../src/clients/edit/json.ts';
import { type GroupModel, groupModels } from '../../../src/editor/tools/copilot/entries.ts';
import { driftOfGroup, findGroup, type GroupPlace, mergeGroup, removeGroup } from '../../../src/editor/tools/copilot/group.ts';

const SECRET = ['$', '{input:chat.lm.secret.1}'].join('');
const ORIGIN = 'http://127.0.0.1:20128';
const models = groupModels(
  [
    { name: 'auto', title: 'auto', kind: 'auto' },
    { name: 'a/one', title: 'One', kind: 'model', contextWindow: 100_000, maxOutput: 10_000, vision: true },
  ],
  ORIGIN,
);
const other = { name: 'Mine', vendor: 'customendpoint', models: [{ id: 'a/one', name: 'x' }] };
const text = (entries: readonly unknown[]): string =>
  `// my models\n${JSON.stringify([other, { name: 'OmniRoute', vendor: 'customendpoint', apiKey: SECRET, models: entries }], null, '\t')}\n`;
const there = (of: string): Extract<GroupPlace, { is: 'there' }> => {
  const place = findGroup(of, json.read);
  if (place.is !== 'there') throw new Error(`the group is ${place.is}`);
  return place;
};
const merged = (of: string, base: readonly GroupModel[], wanted: readonly GroupModel[]): { text: string; kept: string[] } => {
  const { edits, kept } = mergeGroup(there(of), base, wanted);
  const result = json.apply(of, edits);
  if (!result.ok) throw new Error(result.problem.message);
  return { text: result.text, kept };
};

describe('the group of Copilot Chat', () => {
  it('tells of models what the picker needs', () => {
    expect(models[1]).toEqual({
      id: 'a/one',
      name: 'One',
      url: `${ORIGIN}/v1/chat/completions`,
      toolCalling: true,
      vision: true,
      maxInputTokens: 90_000,
      maxOutputTokens: 10_000,
    });
  });

  it('is found by name and vendor, and left out where there is none', () => {
    expect(there(text(models))).toMatchObject({ at: 1, apiKey: SECRET });
    expect(findGroup('[]', json.read).is).toBe('absent');
    expect(findGroup('', json.read).is).toBe('absent');
    expect(findGroup('[{]', json.read)).toMatchObject({ is: 'broken', problem: { line: 1 } });
  });

  it('is not touched when nothing changed', () => {
    expect(merged(text(models), models, models).text).toBe(text(models));
    expect(driftOfGroup(there(text(models)), models, models)).toEqual([]);
  });

  it('gets new models, loses those that are gone, and follows what is known of them; nothing else changes', () => {
    const wanted = groupModels(
      [
        { name: 'auto', title: 'auto', kind: 'auto', contextWindow: 50_000, reasoning: true },
        { name: 'b/two', title: 'Two', kind: 'model' },
      ],
      'http://127.0.0.1:20129',
    );
    const result = merged(text(models), models, wanted);
    expect(result).toEqual({ text: text(wanted), kept: [] });
    expect(driftOfGroup(there(text(models)), models, wanted)).toEqual([
      'New models are missing: b/two.',
      'Models are listed that are not offered any more: a/one.',
    ]);
  });

  it('keeps what the user changed, added or took out, and says so', () => {
    const [auto, one] = models;
    const mine = { id: 'mine', name: 'Mine' };
    const edited = text([{ ...one, name: 'My One', streaming: false }, mine]);
    const wanted = groupModels(
      [
        { name: 'auto', title: 'auto', kind: 'auto' },
        { name: 'a/one', title: 'Uno', kind: 'model', contextWindow: 50_000 },
      ],
      ORIGIN,
    );
    const result = merged(edited, models, wanted);
    expect(result.kept).toEqual(['"auto" was taken out by you: it stays out.', 'name of "a/one" was changed by you: it stays.']);
    const after = there(result.text).models;
    expect(after.map(({ id }) => id)).toEqual(['a/one', 'mine']);
    expect(after[0]).toMatchObject({ name: 'My One', streaming: false, vision: false, maxInputTokens: 41_808 });
    expect(auto?.id).toBe('auto');
    const gone = mergeGroup(there(edited), models, []);
    expect(gone.kept).toEqual(['"a/one" is not offered any more, but was changed by you: it stays.']);
    // The next time it is still known what is the user's.
    expect(mergeGroup(there(edited), gone.written, wanted).kept).toContain('name of "a/one" was changed by you: it stays.');
  });

  it('is taken away whole, or as far as it is ours', () => {
    const whole = json.apply(text(models), removeGroup(there(text(models)), models).edits);
    expect(whole).toEqual({ ok: true, text: `// my models\n${JSON.stringify([other], null, '\t')}\n` });
    const mixed = text([...models, { id: 'mine' }]);
    const part = removeGroup(there(mixed), models);
    expect(part.kept).toEqual(['The group stays with the models you added: mine.']);
    expect(json.apply(mixed, part.edits)).toEqual({ ok: true, text: text([{ id: 'mine' }]) });
  });
});
