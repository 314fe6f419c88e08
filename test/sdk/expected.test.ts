import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { answers, expectedFrom } from './expected.ts';
import { FailedAnswer } from './neutral.ts';

/** The yardstick itself: every recorded answer is read by its own SDK, and fails only where the vendor sent a failure. */
describe('what the official SDKs read straight from the recordings', () => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await scriptedProvider();
  });
  afterAll(() => provider.close());

  it.each(answers().map((recording) => [recording.file, recording] as const))('%s', async (_file, recording) => {
    const outcome = await expectedFrom(provider, recording);
    if (process.env.SHOW) console.log(recording.file, recording.features.join(), JSON.stringify(outcome).slice(0, 900));
    if (recording.features.includes('stream-error')) expect(outcome.ok).toBe(false);
    else if (recording.features.includes('text') || recording.features.includes('tools'))
      expect(outcome).toMatchObject(outcome.ok ? { ok: true } : { failure: { name: FailedAnswer.name } });
  });
});
