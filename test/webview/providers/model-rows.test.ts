import { describe, expect, it } from 'vitest';
import { modelRows } from '../../../webview/pages/providers/model-rows.ts';
import { model } from '../../editor/snapshots.ts';

const mine = { id: 'groq-id', prefix: 'groq' };
const accounts = ['groq-id'];
const models = [
  model('groq/llama-10b', { accounts, contextWindow: 8000, price: { input: 0.1, output: 0.2 } }),
  model('groq/llama-9b', { accounts, title: 'Llama Nine', price: { input: 0.3, output: 0.1 }, tools: true }),
  model('groq/whisper', { accounts, tools: false }),
  model('glm/glm-5', { accounts: ['other'] }),
  model('best', { kind: 'combo', accounts }),
];
const ids = (...args: [text?: string, sorted?: { by: string; down: boolean }]): string[] =>
  modelRows(mine, models, args[0] ?? '', args[1]).map(({ id }) => id);

describe('the models of an account', () => {
  it('are its own alone, by their names at the vendor, in its order', () => {
    expect(ids()).toEqual(['llama-10b', 'llama-9b', 'whisper']);
  });

  it('are found by name and title', () => {
    expect(ids('NINE')).toEqual(['llama-9b']);
    expect(ids('groq llama')).toEqual(['llama-10b', 'llama-9b']);
    expect(ids('glm')).toEqual([]);
  });

  it('are sorted, numbers in names as numbers; what is not known comes last either way', () => {
    expect(ids('', { by: 'name', down: false })).toEqual(['llama-9b', 'llama-10b', 'whisper']);
    expect(ids('', { by: 'input', down: false })).toEqual(['llama-10b', 'llama-9b', 'whisper']);
    expect(ids('', { by: 'input', down: true })).toEqual(['llama-9b', 'llama-10b', 'whisper']);
    expect(ids('', { by: 'context', down: true })[0]).toBe('llama-10b');
    expect(ids('', { by: 'tools', down: true })).toEqual(['llama-9b', 'whisper', 'llama-10b']);
    expect(ids('', { by: 'no such column', down: true })).toEqual(['llama-10b', 'llama-9b', 'whisper']);
  });
});
