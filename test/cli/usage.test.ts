import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { openLedger } from '../../src/ledger/store/open-ledger.ts';
import { type CommandLine, commandLine } from './omniroute.ts';

const record = (id: string, rest: Partial<RequestRecord> = {}): RequestRecord => ({
  id,
  at: Date.now(),
  key: 'default',
  client: 'Claude Code',
  dialect: 'anthropic-messages',
  requested: 'best',
  target: 'anthropic/claude-sonnet-4-6',
  account: 'me',
  provider: 'anthropic',
  tier: 'api-key',
  model: 'claude-sonnet-4-6',
  combo: 'best',
  attempts: [],
  skipped: [],
  streamed: true,
  firstByteMs: 300,
  totalMs: 1300,
  usage: { input: 1000, cacheRead: 600, output: 200 },
  cost: { usd: 0.0123, source: 'list' },
  finish: 'stop',
  status: 200,
  error: undefined,
  cancelled: false,
  ...rest,
});

describe('omniroute usage', () => {
  let cli: CommandLine;
  beforeEach(async () => {
    cli = await commandLine();
  });

  const fill = async (...records: RequestRecord[]): Promise<void> => {
    const ledger = await openLedger({ folder: cli.folder });
    for (const entry of records) ledger.add(entry);
    await ledger.close();
  };

  it('says that there is nothing yet', async () => {
    expect(await cli.run(['usage'])).toMatchObject({ code: 0, out: 'No requests yet.\n' });
    expect(JSON.parse((await cli.run(['usage', '--json'])).out)).toEqual([]);
  });

  it('prints rows of the contract; unknown is null', async () => {
    await fill(
      record('1'),
      record('2', { target: 'groq/x', model: 'x', provider: 'groq', usage: undefined, cost: undefined, client: 'Codex' }),
      record('3', { error: { class: 'rate', code: undefined }, status: 429, usage: undefined, cost: undefined }),
    );
    const rows = JSON.parse((await cli.run(['usage', '--by', 'model', '--since', '7d', '--json'])).out) as unknown[];
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({
      by: 'anthropic/claude-sonnet-4-6',
      requests: 2,
      failed: 1,
      cancelled: 0,
      inputTokens: 1000,
      cacheReadTokens: 600,
      cacheWriteTokens: null,
      outputTokens: 200,
      reasoningTokens: null,
      cost: 0.0123,
    });
    expect(rows).toContainEqual(expect.objectContaining({ by: 'groq/x', requests: 1, inputTokens: null, cost: null }));
    expect(JSON.parse((await cli.run(['usage', '--by', 'client', '--json'])).out)).toHaveLength(2);
  });

  it('prints a table for people, with a dash for what is not known', async () => {
    await fill(record('1'), record('2', { target: 'groq/x', usage: undefined, cost: undefined }));
    const { out } = await cli.run(['usage']);
    expect(out).toMatch(/^model\s+requests\s+failed\s+input/);
    expect(out).toMatch(/anthropic\/claude-sonnet-4-6\s+1\s+0\s+1,000\s+600\s+200\s+\$0\.01/);
    expect(out).toMatch(/groq\/x\s+1\s+0\s+–\s+–\s+–\s+–/);
  });

  it('writes CSV that a spreadsheet reads and does not run', async () => {
    await fill(record('1', { client: '=HYPERLINK("http://x","a,b")' }));
    const { out } = await cli.run(['usage', '--by', 'client', '--csv']);
    const [head, line] = out.split('\r\n');
    expect(head).toBe('by,requests,failed,cancelled,inputTokens,cacheReadTokens,cacheWriteTokens,outputTokens,reasoningTokens,cost');
    expect(line).toBe('"\'=HYPERLINK(""http://x"",""a,b"")",1,0,0,1000,600,,200,,0.0123');
  });

  it('refuses what it does not know', async () => {
    expect(await cli.run(['usage', '--by', 'moon'])).toMatchObject({ code: 2, err: expect.stringContaining('moon') });
    expect(await cli.run(['usage', '--since', 'lately'])).toMatchObject({ code: 2 });
    expect(await cli.run(['usage', '--json', '--csv'])).toMatchObject({ code: 2 });
  });
});
