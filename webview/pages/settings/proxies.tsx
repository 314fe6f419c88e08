import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useSlice } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';

/** Which way each account is asked. An address may hold a password, so it is typed in the editor, not here. */
export function Proxies(): VNode {
  const run = useRun();
  const accounts = useSlice('accounts');
  if (!accounts) return <Loading rows={3} />;
  const own = accounts.filter(({ provider }) => provider !== 'demo');
  if (own.length === 0) return <p class="hint">{l10n.t('No accounts yet.')}</p>;
  return (
    <ul class="proxies">
      {own.map(({ id, name, proxy }) => (
        <li key={id} class="proxy">
          <span>{name}</span>
          <span class="proxy-address">{proxy === null ? l10n.t('directly') : proxy}</span>
          <Button
            title={l10n.t('Change the proxy of {0}', name)}
            onClick={() => void run('omniroute.account.edit', { kind: 'account', account: id })}
          >
            {l10n.t('Change…')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
