import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { AccountView } from '../../../src/editor/admin/api.ts';
import { testText } from '../../../src/editor/commands/account/result-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/tone.ts';
import type { Run } from '../../use-run.ts';
import type { Tested, Testing } from './use-tests.ts';

interface TestLineProps {
  account: AccountView;
  tested: Tested;
  testing: Testing;
  run: Run;
  hasKeyPage: boolean;
}

/** What a test found, in words, and what to do when the key was refused. */
export function TestLine({ account, tested, testing, run, hasKeyPage }: TestLineProps): VNode {
  const { icon, tone, text } = lookOf(account.name, tested);
  const ref = { kind: 'account', account: account.id } as const;
  const isRefused = tested.is === 'done' && !tested.result.ok && tested.result.refused;
  return (
    <div class={`account-test tone-${tone}`} role="status">
      <Icon name={icon} />
      <span class="account-test-words">{text}</span>
      {isRefused && <Button onClick={() => void run('omniroute.account.setKey', ref)}>{l10n.t('Change Key…')}</Button>}
      {isRefused && hasKeyPage && <Button onClick={() => void run('omniroute.account.openKeyPage', ref)}>{l10n.t('Open Key Page')}</Button>}
      {tested.is === 'running' ? (
        <Button onClick={() => testing.end(account.id)}>{l10n.t('Cancel')}</Button>
      ) : (
        <IconButton icon="close" label={l10n.t('Close')} onClick={() => testing.end(account.id)} />
      )}
    </div>
  );
}

function lookOf(name: string, tested: Tested): { icon: string; tone: Tone; text: string } {
  switch (tested.is) {
    case 'running':
      return { icon: 'loading codicon-modifier-spin', tone: 'neutral', text: l10n.t('Testing {0}…', name) };
    case 'failed':
      return { icon: 'error', tone: 'bad', text: tested.message };
    case 'done': {
      const { kind, message } = testText(name, tested.result);
      if (kind === 'info') return { icon: 'pass', tone: 'good', text: message };
      return kind === 'error' ? { icon: 'error', tone: 'bad', text: message } : { icon: 'warning', tone: 'warning', text: message };
    }
  }
}
