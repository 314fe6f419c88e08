import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../src/conversation/json.ts';
import { readCount, readCountTokens, writeCount, writeCountTokens } from '../../../src/dialects/gemini/index.ts';
import { recordings } from '../../recordings.ts';
import { canonical, writeContext } from './support.ts';

const counts = recordings((entry) => entry.file.startsWith('count-tokens/') && ['google', 'vertex'].includes(entry.provider));

describe('counting tokens', () => {
  it.each(counts.map((count) => [count.name, count] as const))('%s: request and count are read', (_, count) => {
    const body = count.request?.body ?? {};
    const read = readCountTokens(body, { model: count.model ?? '' });
    if (!read.ok) throw read.error;
    const written = writeCountTokens(read.value, writeContext(count.model ?? ''));
    const flat = isObject(body.generateContentRequest) ? body.generateContentRequest : { model: `models/${count.model}`, ...body };
    const expected = canonical(flat) as JsonObject;
    if (isObject(expected.systemInstruction)) delete expected.systemInstruction.role;
    expect(canonical(written.generateContentRequest)).toEqual(expected);
    expect(readCount(isObject(count.response.body) ? count.response.body : {})).toBe(count.provider === 'google' ? 61 : 36);
  });

  it('takes bare contents, answers in their form, and knows no count where there is none', () => {
    expect(readCountTokens({ contents: [{ parts: [{ text: 'x' }] }] }, { model: 'm' })).toMatchObject({ ok: true });
    expect(readCountTokens('x', {}).ok).toBe(false);
    expect(writeCount(7)).toEqual({ totalTokens: 7 });
    expect(readCount({})).toBeUndefined();
  });
});
