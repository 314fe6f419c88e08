import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Piece } from '../../../src/editor/language-model/answer-reader.ts';
import { answers, type ChatRecording, expectedFrom, unhurried } from '../../sdk/expected.ts';
import { type House, house } from '../../sdk/house.ts';
import type { NeutralChoice, Outcome } from '../../sdk/neutral.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { callsIn, piecesOf, textOf, usageIn } from './through-gateway.ts';

/** Every streamed recorded answer with status 200, asked as Copilot Chat asks our models: the editor is given what the vendor's own SDK reads. */
describe.each(DIALECTS)('recorded streams of %s as parts of the editor', (dialect) => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterAll(() => at.close());

  const streams = answers(dialect).filter(({ stream }) => stream);
  it.each(streams.map((recording) => [recording.file, recording] as const))('%s', async (_file, recording) => {
    const expected = await expectedFrom(at.provider, recording);
    const got = await asked(at, recording);
    if (!expected.ok || !usable(expected)) {
      expect(got, 'a failure is told, never an answer without words').toMatchObject({ ok: false });
      return;
    }
    // What a vendor asks of its own tools (leave to call an MCP server) has no place in the editor: saying so is honest.
    if (!got.ok && expected.answer.choices.every(({ text, toolCalls }) => text === '' && toolCalls.length === 0)) return;
    if (!got.ok) expect.fail(`the editor got a failure: ${got.message}`);
    const [choice] = expected.answer.choices;
    if (!choice) expect.fail('no choice');
    hold(choice, got.pieces);
    holdUsage(expected.answer.usage, got.pieces);
  });
});

type Got = { ok: true; pieces: Piece[] } | { ok: false; message: string };

async function asked(at: House, recording: ChatRecording): Promise<Got> {
  await at.ready();
  at.provider.always(unhurried(recording));
  try {
    return { ok: true, pieces: await piecesOf(at.target, { model: at.model(recording.format, recording.model) }) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  } finally {
    at.provider.reset();
  }
}

/** Copilot takes nothing but words and calls for an answer. */
function usable({ answer }: Extract<Outcome, { ok: true }>): boolean {
  const [choice] = answer.choices;
  return choice !== undefined && (choice.text !== '' || choice.toolCalls.length > 0 || choice.others.length > 0);
}

function hold(choice: NeutralChoice, pieces: readonly Piece[]): void {
  if (choice.others.length === 0) expect(textOf(pieces)).toBe(choice.text);
  const calls = callsIn(pieces);
  expect(calls.map(({ name, input }) => ({ name, args: input }))).toEqual(choice.toolCalls.map(({ name, args }) => ({ name, args })));
  for (const [index, { id }] of choice.toolCalls.entries()) if (id !== undefined) expect(calls[index]?.id).toBe(id);
}

function holdUsage(usage: Extract<Outcome, { ok: true }>['answer']['usage'], pieces: readonly Piece[]): void {
  if (usage.input === undefined || usage.output === undefined) {
    expect(usageIn(pieces)).toBeUndefined();
    return;
  }
  expect(usageIn(pieces)).toMatchObject({
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    prompt_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
  });
  expect(pieces.at(-1), 'the usage comes last').toMatchObject({ mimeType: 'usage' });
}
