import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { AccountView } from '../../../src/editor/admin/api.ts';
import { stateIcon } from '../../../src/editor/views/providers/account-node.ts';
import type { Block } from '../../../src/routing/block.ts';
import { Button } from '../../ui/button.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { toneOf } from '../../ui/node-tone.ts';
import { Pill } from '../../ui/pill.tsx';
import type { Run } from '../../use-run.ts';

interface StateProps {
  /** Where no icon beside it tells that all is well. */
  alone?: boolean;
  account: AccountView;
  block: Block | undefined;
  /** `undefined`: nothing keeps it away. */
  words: string | undefined;
}

/** Its state in words, how long it stays so, and why, as the provider said it. */
export function AccountState({ account, block, words, alone = false }: StateProps): VNode {
  const icon = stateIcon(account, block);
  if (words === undefined && !alone) return <span class="quiet">{l10n.t('ready')}</span>;
  const until = account.enabled ? block?.until : undefined;
  return (
    <>
      <span class="account-words">
        <Pill tone={toneOf(icon)} icon={icon.id} title={words ?? ''}>
          {words ?? l10n.t('ready')}
        </Pill>
        {until !== undefined && <Countdown until={until} />}
      </span>
      {account.enabled && block?.detail && (
        <p class="quiet account-more account-why" title={block.detail}>
          {block.detail}
        </p>
      )}
    </>
  );
}

/** What helps an account that is not asked now. */
export function Mend({ account, block, run }: { account: AccountView; block: Block | undefined; run: Run }): VNode | null {
  if (!block || !account.enabled) return null;
  const ref = { kind: 'account', account: account.id } as const;
  switch (block.reason) {
    case 'auth':
      return <Button onClick={() => void run('omniroute.account.setKey', ref)}>{l10n.t('Change Key…')}</Button>;
    case 'rate':
    case 'breaker':
    case 'model':
    case 'billing':
    case 'assumed-down':
      return <Button onClick={() => void run('omniroute.account.resetHealth', ref)}>{l10n.t('Forget Cool-downs')}</Button>;
    case 'quota':
    case 'headroom':
    case 'budget':
    case 'not-allowed':
    case 'incapable':
      return null;
  }
}
