import { describe, expect, it } from 'vitest';
import type { ToolShown } from '../../../src/editor/dashboard/contract/calls/tools.ts';
import { stateWords } from '../../../src/editor/tools/words.ts';
import { parted, standingOf } from '../../../webview/pages/tools/standing.ts';
import { actionsOf } from '../../../webview/pages/tools/tool-actions.ts';
import { NOON, request } from '../../editor/snapshots.ts';

const tool = (change: Partial<ToolShown>): ToolShown => ({
  ...{ id: 'codex', name: 'Codex', marks: [], away: false, files: [] },
  state: { is: 'not-set-up', elsewhere: undefined },
  ...change,
});
const commands = (marks: ToolShown['marks'], next = false): string[] =>
  actionsOf({ marks })
    .filter(({ isNext }) => !next || isNext)
    .map(({ command }) => command.replace('omniroute.tool.', ''));

describe('what can be done with a tool', () => {
  it('is what its state allows', () => {
    expect(commands(['settable', 'unset'])).toEqual(['setUp']);
    expect(commands(['settable', 'ours', 'file', 'key'])).toEqual(['setUp', 'verify', 'openFile', 'revoke', 'undo']);
    expect(commands(['settable', 'drifted', 'ours', 'file', 'key'])).toEqual(['mend', 'setUp', 'verify', 'openFile', 'revoke', 'undo']);
    expect(commands(['broken', 'file'])).toEqual(['openFile']);
    expect(commands([])).toEqual([]);
  });

  it('has one next step for each state, shown without opening it', () => {
    expect(commands(['settable', 'unset'], true)).toEqual(['setUp']);
    expect(commands(['settable', 'ours', 'file', 'key'], true)).toEqual(['verify']);
    expect(commands(['settable', 'drifted', 'ours', 'file', 'key'], true)).toEqual(['mend']);
    expect(commands(['broken', 'ours', 'file', 'key'], true)).toEqual(['openFile']);
  });
});

describe('how a tool stands', () => {
  it('counts a request that came since it was looked at', () => {
    const codex = tool({ state: { is: 'set-up', model: 'best', lastSeen: undefined }, key: { name: 'codex', is: 'good' } });
    const asked = request('r', { key: 'codex', startedAt: NOON - 1000 });
    expect(stateWords(standingOf(codex, []), NOON)).toBe('best · no request yet');
    expect(stateWords(standingOf(codex, [asked]), NOON)).toBe('best · asked just now');
    expect(stateWords(standingOf(tool({ ...codex, key: undefined }), [asked]), NOON)).toBe('best · no request yet');
  });

  it('parts those that are there from those that are not', () => {
    const [here, gone] = [tool({ id: 'codex' }), tool({ id: 'zed', away: true })];
    expect(parted([gone, here])).toEqual({ found: [here], away: [gone] });
  });
});
