import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '../../../src/log/audit.ts';
import type { LogLine } from '../../../src/log/log-line.ts';
import { changesText, lineText, shortMessage } from '../../../webview/pages/logs/line-text.ts';
import { actionWords } from '../../../webview/pages/logs/words.ts';

describe('a line', () => {
  const line: LogLine = {
    id: 'a',
    time: '2026-11-23T10:00:00.000Z',
    level: 'warn',
    message: 'req_1 failed\n  at here',
    requestId: 'req_1',
  };

  it('is shown in one row, without the id that has a column', () => {
    expect(shortMessage(line)).toBe('failed ⏎ at here');
    expect(shortMessage({ ...line, requestId: 'req_2' })).toBe('req_1 failed ⏎ at here');
  });

  it('is copied as the file says it', () => {
    expect(lineText({ ...line, fields: { ms: 3 } })).toBe('2026-11-23T10:00:00.000Z warn req_1 failed\n  at here {"ms":3}');
  });

  it('of the audit log says what was and what is', () => {
    const changes = [
      { field: 'limits.rpm', before: 30, after: 60 },
      { field: 'targets', after: ['a/b'] },
      { field: 'prefix', before: 'x' },
    ];
    expect(changesText(changes)).toBe('limits.rpm: 30 → 60, targets: ["a/b"], prefix: x → –');
  });

  it('of the audit log has words for each action', () => {
    for (const action of AUDIT_ACTIONS) expect(actionWords(action), action).not.toBe(action);
    expect(actionWords('moon.landed')).toBe('moon.landed');
  });
});
