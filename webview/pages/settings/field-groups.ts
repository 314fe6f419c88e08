import * as l10n from '@vscode/l10n';
import { STRATEGIES } from '../../../src/config/combos.ts';
import { strategyWord } from '../../../src/editor/views/words.ts';
import { type FieldGroup, MEGABYTE, MINUTE, MOST_MS, number, onOff, type SettingField, seconds, words } from './fields.ts';

/** Every setting that is one value, in the order of the page. Rules, prices and proxies have parts of their own. */
export function fieldGroups(): FieldGroup[] {
  return [routing(), failures(), patience(), queue(), records(), safety()];
}

function routing(): FieldGroup {
  return {
    id: 'routing',
    title: l10n.t('Routing'),
    about: l10n.t('Who is asked, where no combo says otherwise.'),
    fields: [
      {
        kind: 'choice',
        path: ['routing', 'accountStrategy'],
        label: l10n.t('Order among accounts'),
        hint: l10n.t('Of the accounts that have the model asked for.'),
        options: STRATEGIES.map((value) => ({ value, label: strategyWord(value) })),
      },
      onOff('routing.affinity', [
        l10n.t('Conversations stay where they are'),
        l10n.t('The account that answered a conversation goes on answering it, so that its prompt cache stays warm.'),
      ]),
      number(
        'routing.affinityMs',
        [l10n.t('Forget a conversation after'), l10n.t('Without a request for so long, any account may answer it again.')],
        l10n.t('minutes'),
        MINUTE,
        1,
        MOST_MS,
      ),
      onOff('routing.shareIdentical', [
        l10n.t('Requests alike share an answer'),
        l10n.t('Of requests with the same body within five seconds one is sent; the others get its answer.'),
      ]),
    ],
  };
}

function failures(): FieldGroup {
  return {
    id: 'failures',
    title: l10n.t('When Something Fails'),
    about: l10n.t('How often others are asked, and how long who failed is left alone.'),
    fields: [
      number(
        'routing.maxAttempts',
        [l10n.t('Attempts for one request'), l10n.t('Over all accounts and models, before the tool is told that it failed.')],
        '',
        1,
        1,
        100,
      ),
      number(
        'routing.retries',
        [
          l10n.t('Tries at the same account'),
          l10n.t('After an overload, a broken connection or an empty answer, when nobody else answered.'),
        ],
        '',
        1,
        0,
        10,
      ),
      number(
        'routing.backoffMs',
        [l10n.t('Wait before the first of them'), l10n.t('It doubles each time, and is drawn at random below that.')],
        l10n.t('milliseconds'),
        1,
        1,
        MOST_MS,
      ),
      seconds('routing.maxBackoffMs', [l10n.t('Longest wait between tries'), l10n.t('The doubling ends here.')]),
      number(
        'health.breakerFailures',
        [l10n.t('Failures in a row until a provider is left alone'), l10n.t('Errors of its server, timeouts, broken connections.')],
        '',
        1,
        1,
        1000,
      ),
      seconds('health.breakerOpenMs', [l10n.t('For how long at first'), l10n.t('It doubles with each trial that fails.')]),
      seconds('health.breakerMaxOpenMs', [l10n.t('For how long at most'), l10n.t('One request tries it again after that.')]),
    ],
  };
}

function patience(): FieldGroup {
  return {
    id: 'timeouts',
    title: l10n.t('Patience'),
    about: l10n.t('How long a provider may take before the next one is asked.'),
    fields: [
      seconds('timeouts.connectMs', [l10n.t('To connect'), l10n.t('Counts from the next start of the gateway.')]),
      seconds('timeouts.firstByteMs', [l10n.t('Until an answer begins'), l10n.t('From the request sent to its first byte.')]),
      seconds('timeouts.idleMs', [l10n.t('Between two pieces of an answer'), l10n.t('Longer silence is a broken connection.')]),
      seconds('timeouts.totalMs', [l10n.t('For a whole request'), l10n.t('With all attempts.')]),
      seconds('stream.pingMs', [
        l10n.t('Sign of life after'),
        l10n.t('A tool that waits is sent one after so much silence, so that it does not give up.'),
      ]),
      number(
        'stream.reasoningHoldMs',
        [
          l10n.t('Hold back thoughts for'),
          l10n.t('When nobody else is left to ask: an answer that ends in thoughts alone can then still be told as a failure.'),
        ],
        l10n.t('milliseconds'),
        1,
        0,
        60_000,
      ),
    ],
  };
}

function queue(): FieldGroup {
  return {
    id: 'queue',
    title: l10n.t('Waiting for a Turn'),
    about: l10n.t('When an account has as many requests as it may have.'),
    fields: [
      number(
        'queue.max',
        [l10n.t('Requests that may wait'), l10n.t('At one account; what comes beyond goes to the next.')],
        '',
        1,
        0,
        1_000_000,
      ),
      seconds('queue.waitMs', [l10n.t('Longest wait'), l10n.t('When nobody else can answer.')], 0, 1_000_000),
      number(
        'queue.spillMs',
        [l10n.t('Wait before another is asked'), l10n.t('When somebody else could answer.')],
        l10n.t('milliseconds'),
        1,
        0,
        1_000_000,
      ),
    ],
  };
}

function records(): FieldGroup {
  return {
    id: 'records',
    title: l10n.t('Records and Logs'),
    about: l10n.t('What is kept of requests. Prompts and answers only where you say so.'),
    fields: [...ledger(), ...responses(), logLevel()],
  };
}

function ledger(): SettingField[] {
  return [
    number('ledger.keepDays', [l10n.t('Keep single requests for'), l10n.t('Older ones become sums of a day.')], l10n.t('days'), 1, 1, 3650),
    number(
      'ledger.maxBytes',
      [l10n.t('Largest ledger'), l10n.t('The oldest requests become sums of a day before it grows beyond.')],
      l10n.t('MB'),
      MEGABYTE,
      MEGABYTE,
      1024 * MEGABYTE,
    ),
    number(
      'ledger.capture.last',
      [
        l10n.t('Whole exchanges kept'),
        l10n.t('The newest, with prompts and answers, without credentials: to find out what a tool sends. 0: none.'),
      ],
      '',
      1,
      0,
      200,
    ),
    onOff('ledger.capture.disk', [
      l10n.t('Keep exchanges on disk'),
      l10n.t('In the data folder, in files that only you can read, rather than in memory.'),
    ]),
    number('ledger.capture.keepHours', [l10n.t('Keep an exchange for'), l10n.t('Then it is forgotten.')], l10n.t('hours'), 1, 1, 168),
  ];
}

function responses(): SettingField[] {
  return [
    number(
      'responses.maxEntries',
      [
        l10n.t('Responses remembered'),
        l10n.t('In memory, for tools that go on from an earlier one. Counts from the next start of the gateway.'),
      ],
      '',
      1,
      0,
      1_000_000,
    ),
    number(
      'responses.maxBytes',
      [l10n.t('Memory for them'), l10n.t('Counts from the next start of the gateway.')],
      l10n.t('MB'),
      MEGABYTE,
      0,
      1024 * MEGABYTE,
    ),
  ];
}

function logLevel(): SettingField {
  return {
    kind: 'choice',
    path: ['logs', 'level'],
    label: l10n.t('What the log holds'),
    hint: l10n.t('Each holds what stands above it as well.'),
    options: [
      { value: 'error', label: l10n.t('Errors') },
      { value: 'warn', label: l10n.t('Warnings') },
      { value: 'info', label: l10n.t('What happens') },
      { value: 'debug', label: l10n.t('Everything') },
    ],
  };
}

function safety(): FieldGroup {
  return {
    id: 'security',
    title: l10n.t('Who May Ask'),
    about: l10n.t('The gateway listens on this machine alone, and wants a key.'),
    fields: [
      words(
        'security.origins',
        [l10n.t('Web pages that may ask'), l10n.t('Their origins. None: a browser’s page is refused.')],
        'https://example.com',
      ),
      words(
        'security.hosts',
        [l10n.t('Other host names of this machine'), l10n.t('127.0.0.1, localhost and [::1] are always taken.')],
        'my-machine.local',
      ),
      number(
        'security.maxBodyBytes',
        [l10n.t('Largest request'), l10n.t('Images and files count.')],
        l10n.t('MB'),
        MEGABYTE,
        1024,
        1024 * MEGABYTE,
      ),
    ],
  };
}
