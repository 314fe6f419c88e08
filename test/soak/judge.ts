import type { RequestRecord } from '../../src/ledger/record.ts';
import type { Ask, Outcome } from './client.ts';
import { INPUT_TOKENS, wordsOf } from './question.ts';

/** What is wrong with an answer; `undefined` for a right one, and for a client that left. `failed` is not judged here. */
export function problemOf({ question, stream }: Ask, outcome: Outcome): string | undefined {
  const expected = wordsOf(question).join('');
  if (question.cut && stream) return problemOfCut(expected, outcome);
  if (outcome.is !== 'whole') return undefined;
  const { text, ended, after, input, output } = outcome.heard;
  if (text !== expected) return `wrong text: ${JSON.stringify(text.slice(0, 200))}, expected ${JSON.stringify(expected.slice(0, 200))}`;
  if (!ended) return 'no proper end';
  if (after) return 'something after the end';
  if (input !== INPUT_TOKENS || output !== question.words) return `tokens ${input}/${output}, expected ${INPUT_TOKENS}/${question.words}`;
  return undefined;
}

/** What breaks off after its text must be seen to fail, with nothing glued to it. */
function problemOfCut(expected: string, outcome: Outcome): string | undefined {
  switch (outcome.is) {
    case 'left':
      return undefined;
    case 'whole':
      return `half an answer came as ${outcome.heard.ended ? 'one that ended well' : 'one without an end'}`;
    case 'failed':
      return expected.startsWith(outcome.text) ? undefined : `text of another answer behind a cut: ${outcome.text.slice(-200)}`;
  }
}

/** What the records of all requests must say, whatever happened. */
export function problemsOfRecords(records: readonly RequestRecord[]): string[] {
  return records.flatMap((record) => {
    const wrong = problemOfRecord(record);
    return wrong === undefined ? [] : [`record ${record.id} (${record.requested}): ${wrong}`];
  });
}

function problemOfRecord({ attempts, totalMs, firstByteMs, status, error, usage, cancelled, target }: RequestRecord): string | undefined {
  if (attempts.length > 12) return `${attempts.length} attempts`;
  if (!(totalMs >= 0) || (firstByteMs !== undefined && firstByteMs > totalMs)) return `took ${totalMs} ms, first byte ${firstByteMs}`;
  if (error?.class === 'internal') return 'an internal error';
  if (cancelled !== (error?.class === 'cancelled')) return 'cancelled or not';
  if (error) return undefined;
  if (status !== 200 || target === undefined) return `status ${status} of ${target} without an error`;
  if (attempts.at(-1)?.class !== undefined) return 'answered by an attempt that failed';
  return usage?.input === INPUT_TOKENS && usage.output !== undefined ? undefined : `usage ${JSON.stringify(usage)}`;
}
