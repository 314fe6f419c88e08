import type { ClientDialectId, DialectId } from '../../src/conversation/dialect-id.ts';
import type { Neutral, NeutralChoice, NeutralUsage } from './neutral.ts';

/** What the comparison may know: never a recording's name. */
export interface Facts {
  from: DialectId;
  to: ClientDialectId;
}

export interface Pair {
  expected: Neutral;
  got: Neutral;
}

/** Something a client's dialect cannot say: the pair is made comparable before it is compared. */
export interface Rule {
  name: string;
  reason: string;
  applies(facts: Facts, pair: Pair): boolean;
  relax(pair: Pair): Pair;
}

const changed = (answer: Neutral, change: (choice: NeutralChoice, index: number) => Partial<NeutralChoice>): Neutral => ({
  ...answer,
  choices: answer.choices.map((choice, index) => ({ ...choice, ...change(choice, index) })),
});

export const RULES: readonly Rule[] = [
  {
    name: 'one answer',
    reason: 'Responses and Anthropic messages hold one answer; of several choices the client gets the first.',
    applies: ({ to }, { expected }) => expected.choices.length > 1 && (to === 'openai-responses' || to === 'anthropic-messages'),
    relax: ({ expected, got }) => ({ expected: { ...expected, choices: expected.choices.slice(0, 1) }, got }),
  },
  {
    name: 'server content is shown as text',
    reason:
      'Code a vendor ran, its output, images and audio have no block in the other dialects; a readable stand-in may stand in the text.',
    applies: ({ from, to }, { expected }) => from !== to && expected.choices.some((choice) => choice.others.length > 0),
    relax: ({ expected, got }) => ({
      expected,
      got: changed(got, (choice, index) => {
        const text = expected.choices[index]?.text ?? '';
        return holdsInOrder(choice.text, text) ? { text } : {};
      }),
    }),
  },
  {
    name: 'sound instead of its transcript',
    reason: 'A Gemini client gets the spoken answer itself; its dialect has no field for the words beside it.',
    applies: ({ to }, { expected }) => to === 'gemini' && expected.choices.some((choice) => choice.others.includes('audio')),
    relax: ({ expected, got }) => ({
      expected,
      got: changed(got, ({ others, text }, index) => ({ text: others.includes('media') ? (expected.choices[index]?.text ?? '') : text })),
    }),
  },
  {
    name: 'server content stays at home',
    reason: 'What one vendor did on its own servers is written back only to its own dialect.',
    applies: ({ from, to }) => from !== to,
    relax: ({ expected, got }) => ({ expected: changed(expected, () => ({ others: [] })), got: changed(got, () => ({ others: [] })) }),
  },
  {
    name: 'pause is Anthropic’s',
    reason: 'No other dialect can say that a server-side turn wants to be continued.',
    applies: ({ to }) => to !== 'anthropic-messages',
    relax: ({ expected, got }) => ({ expected: changed(expected, ({ finish }) => (finish === 'pause' ? { finish: 'stop' } : {})), got }),
  },
  {
    name: 'unknown reasons end as a stop',
    reason: 'A vendor’s reason without a counterpart (malformed call, other) has no word in chat, Responses and Anthropic.',
    applies: (_facts, { expected }) => expected.choices.some(({ finish }) => finish === 'other'),
    relax: ({ expected, got }) => ({
      expected,
      got: changed(got, ({ finish }, index) =>
        expected.choices[index]?.finish === 'other' && finish === 'stop' ? { finish: 'other' } : {},
      ),
    }),
  },
  {
    name: 'cache writes are Anthropic’s',
    reason: 'OpenAI and Gemini have no field for them (they stay part of the input, which is compared).',
    applies: ({ to }, { got }) => to !== 'anthropic-messages' && !got.usage.cacheWrite,
    relax: ({ expected, got }) => ({ expected: { ...expected, usage: { ...expected.usage, cacheWrite: undefined } }, got }),
  },
  {
    name: 'usage known by half',
    reason:
      'A Responses usage must name input and output: where the vendor told one alone (a trimmed recording), it tells none rather than a 0.',
    applies: ({ to }, { expected: { usage } }) => to === 'openai-responses' && (usage.input === undefined) !== (usage.output === undefined),
    relax: ({ expected, got }) => ({ expected: { ...expected, usage: {} }, got }),
  },
  {
    name: 'cache reads are part of the input',
    reason:
      'Anthropic counts them apart: a vendor that reports more cached tokens than input (Azure’s Grok; OpenRouter’s Gemini, whose reads and writes are the same tokens) cannot be quoted.',
    applies: ({ to }, { expected: { usage } }) => to === 'anthropic-messages' && cachedOf(usage) > (usage.input ?? 0),
    relax: ({ expected, got }) => ({ expected: { ...expected, usage: { ...expected.usage, input: cachedOf(expected.usage) } }, got }),
  },
  {
    name: 'ids are made where the vendor gave none',
    reason: 'Gemini calls often carry no id; the other dialects need one.',
    applies: (_facts, { expected }) => expected.choices.some(({ toolCalls }) => toolCalls.some(({ id }) => id === undefined)),
    relax: ({ expected, got }) => ({
      expected,
      got: changed(got, ({ toolCalls }, index) => ({
        toolCalls: toolCalls.map((call, at) =>
          expected.choices[index]?.toolCalls[at]?.id === undefined ? { ...call, id: undefined } : call,
        ),
      })),
    }),
  },
];

const cachedOf = ({ cacheRead = 0, cacheWrite = 0 }: NeutralUsage): number => cacheRead + cacheWrite;

/** True when `text` is `wanted` with more between; spaces do not count. */
function holdsInOrder(text: string, wanted: string): boolean {
  let at = 0;
  for (const sign of wanted.replace(/\s+/g, '')) {
    const found = text.indexOf(sign, at);
    if (found < 0) return false;
    at = found + sign.length;
  }
  return true;
}
