import { VERSION } from '../version.ts';

/** One way to call a command: what is typed, and what it does. A second line of words continues the first. */
interface Usage {
  command: string;
  words?: string[];
  note?: string;
}

interface Section {
  title: string;
  usages: Usage[];
}

const SECTIONS: Section[] = [
  {
    title: 'The gateway',
    usages: [
      { command: 'serve', words: ['[--port 20128] [--host 127.0.0.1]'] },
      { command: 'status', words: ['[--json]'], note: 'is a gateway running, and how are its accounts' },
      { command: 'models', words: ['[--json]'], note: 'every model that would route' },
      {
        command: 'explain',
        words: ['MODEL [--tools] [--vision] [--tokens N] [--without ACCOUNT,…] [--json]'],
        note: 'who would be asked, in which order, and why the others not',
      },
      { command: 'health', words: ['[--json]'], note: 'what is cooling down, locked or broken' },
      { command: 'health reset', words: ['[ACCOUNT] [--model M] [--provider P]'] },
    ],
  },
  {
    title: 'Accounts',
    usages: [
      { command: 'providers', words: ['[WORD] [--json]'], note: 'what an account can be added for' },
      {
        command: 'account add',
        words: [
          'PROVIDER --name NAME (--key-env VAR | --key-stdin | --no-key)',
          '[--base-url URL] [--prefix P] [--param NAME=VALUE] [--proxy URL] [--priority N]',
          '[--rpm N] [--tpm N] [--max-concurrent N] [--headroom PERCENT] [--no-test]',
        ],
        note: 'the key is tested before it is kept',
      },
      { command: 'account list', words: ['[--json]'] },
      { command: 'account test', words: ['NAME [--model MODEL]'], note: 'does its key work?' },
      { command: 'account enable', words: ['NAME'] },
      { command: 'account disable', words: ['NAME'] },
      {
        command: 'account rotate',
        words: ['NAME (--key-env VAR | --key-stdin) [--no-test]'],
        note: 'a new key; the old one stays when it is refused',
      },
      {
        command: 'account edit',
        words: [
          'NAME [--new-name NAME] [--priority N] [--prefix P] [--base-url URL]',
          '[--proxy URL] [--rpm N] [--tpm N] [--min-gap MS] [--max-concurrent N] [--headroom PERCENT]',
          '[--allow PATTERN,…] [--deny PATTERN,…] [--custom-model ID,…] [--preferred MODEL]',
        ],
        note: '"none" takes a value back',
      },
      { command: 'account remove', words: ['NAME'] },
    ],
  },
  {
    title: 'Names',
    usages: [
      {
        command: 'combo set',
        words: [
          'NAME [--strategy S] MODEL… [--deadline MS] [--max-attempts N]',
          '[--fallback-on CLASS,…] [--no-affinity | --affinity] [--disabled]',
          '[--budget TIER:PERIOD:AMOUNT]… [--force]',
        ],
        note: 'AMOUNT: 5usd, 200000tokens or 100requests; --force: also targets nobody knows',
      },
      { command: 'combo list', words: ['[--json]'] },
      { command: 'combo enable', words: ['NAME'] },
      { command: 'combo disable', words: ['NAME'] },
      { command: 'combo rename', words: ['NAME NEW-NAME'], note: 'what names it follows' },
      { command: 'combo remove', words: ['NAME'] },
      { command: 'alias set', words: ['NAME TARGET [--force]'], note: 'another name of a model or combo' },
      { command: 'alias list', words: ['[--json]'] },
      { command: 'alias remove', words: ['NAME'] },
      { command: 'route set', words: ['PATTERN TARGET [--force]'], note: "such as 'anthropic/*' COMBO" },
      { command: 'route list', words: ['[--json]'] },
      { command: 'route remove', words: ['PATTERN'] },
    ],
  },
  {
    title: 'Tools',
    usages: [
      { command: 'setup', words: ['[--list] [--check] [--json]'], note: 'which tools are here, and how each one is set up' },
      {
        command: 'setup TOOL',
        words: ['[--model NAME] [--models PATTERN,…] [--rpm N] [--port N]', '[--dry-run] [--yes] [--json]'],
        note: 'with a key of its own; --dry-run shows the change alone',
      },
      { command: 'setup TOOL --undo', note: 'puts its settings back, and takes its key away' },
      { command: 'setup TOOL --verify', words: ['[--wait 60s]'], note: 'waits until the tool asks something' },
      { command: 'setup TOOL --show-key', note: 'prints its key, alone' },
    ],
  },
  {
    title: 'What was used',
    usages: [
      {
        command: 'usage',
        words: ['[--by model|provider|account|key|client|combo|tier|day|hour]', '[--since 7d]', '[--json|--csv]'],
        note: 'requests, tokens and money',
      },
      { command: 'quota', words: ['[--json]'], note: 'what is left of each account' },
      {
        command: 'logs',
        words: ['[--follow] [--level L] [--lines N] [--since 1h]', '[--request ID] [--audit] [--json]'],
        note: 'works whether or not the gateway runs',
      },
    ],
  },
  {
    title: 'Copies and reports',
    usages: [
      { command: 'backup list', words: ['[--json]'], note: 'a running gateway makes a copy a day' },
      { command: 'backup create' },
      { command: 'backup restore', words: ['NAME'] },
      { command: 'backup export', words: ['FILE [--with-secrets] [--ledger] [--passphrase-stdin]'], note: 'everything, in one file' },
      { command: 'backup import', words: ['FILE [--replace] [--without-secrets] [--passphrase-stdin]'] },
      { command: 'diagnostics', words: ['[FILE] [--anonymous] [--show] [--yes]'], note: 'a zip for a bug report' },
    ],
  },
  {
    title: 'Limits of your own',
    usages: [
      {
        command: 'budget set',
        words: [
          '[--key K] [--account A] [--provider P] [--tier T] --per day|month',
          '[--usd N] [--tokens N] [--requests N] [--soft] [--warn-at PERCENT]',
        ],
      },
      { command: 'budget list', words: ['[--json]'] },
      { command: 'budget remove', words: ['N'], note: 'N as the list numbers them' },
    ],
  },
  {
    title: 'Keys of tools',
    usages: [
      {
        command: 'key new',
        words: ['NAME [--models PATTERN,…] [--rpm N] [--expires 30d|2027-01-01] [--admin]'],
        note: 'prints the key, alone, once',
      },
      { command: 'key rotate', words: ['NAME [--grace 24h]'], note: 'prints the new key; the old one works on for a while' },
      { command: 'key list', words: ['[--json]'] },
      { command: 'key remove', words: ['NAME'] },
    ],
  },
];

const STRATEGIES_NOTE = 'Strategies: fill-first, round-robin, p2c, random, least-used, cost-optimized, latency.';
const WIDTH = 100;

/** How every command is called, by subject; not wider than 100 columns. */
export function help(): string {
  const sections = SECTIONS.map(({ title, usages }) => `${title}:\n${usages.map((usage) => usageLines(usage)).join('\n')}`);
  return `OmniRoute ${VERSION}: one local AI gateway for every coding tool.

${sections.join('\n\n')}

omniroute COMMAND --help tells of one command; omniroute --version.
${STRATEGIES_NOTE}
Every command takes --data DIR (else OMNIROUTE_DATA, else ~/.omniroute).
All but serve work whether or not the gateway runs; a running gateway notices changes at once.
`;
}

/** The calls that begin with these words (`account`, `account add`); empty when there are none. */
export function usageOf(words: string): string {
  return SECTIONS.flatMap(({ usages }) => usages)
    .filter(({ command }) => command === words || command.startsWith(`${words} `))
    .map(usageLines)
    .join('\n');
}

function usageLines({ command, words = [], note }: Usage): string {
  const [first = '', ...more] = words;
  const lines = [`  omniroute ${command}${first ? ` ${first}` : ''}`, ...more.map((line) => `      ${line}`)];
  if (note === undefined) return lines.join('\n');
  const last = lines.at(-1) ?? '';
  const beside = `${last.padEnd(44)}  ${note}`;
  return [...lines.slice(0, -1), ...(beside.length <= WIDTH ? [beside] : [last, `      (${note})`])].join('\n');
}
