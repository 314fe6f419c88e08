import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { AccountView } from '../../../src/editor/admin/api.ts';
import { fieldsOf } from '../../../src/editor/commands/account/fields.ts';
import type { ProviderShown } from '../../../src/editor/dashboard/contract/calls/accounts.ts';
import { credentialWords } from '../../../src/editor/views/providers/account-tooltip.ts';
import { isOwn } from '../../../src/editor/views/providers/nodes.ts';
import { tierWord } from '../../../src/editor/views/words.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/layout.tsx';
import type { Run } from '../../use-run.ts';

interface SettingsProps {
  account: AccountView;
  provider: ProviderShown | undefined;
  /** Of a provider that the catalogue does not have. */
  isUnknown: boolean;
  run: Run;
}

/** What the account is set up with; never its key. */
export function AccountSettings({ account, provider, isUnknown, run }: SettingsProps): VNode {
  const edit = (
    <Button icon="edit" onClick={() => void run('omniroute.account.edit', { kind: 'account', account: account.id })}>
      {l10n.t('Edit…')}
    </Button>
  );
  return (
    <Section title={l10n.t('Set Up With')} actions={isOwn(account) && edit}>
      {isUnknown && <p class="quiet">{l10n.t('This version does not know the provider. Its accounts stay as they are.')}</p>}
      <div class="account-facts">
        <Facts sideBySide>
          {factsOf(account, provider).map(([name, value]) => (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ))}
        </Facts>
      </div>
    </Section>
  );
}

function factsOf(account: AccountView, provider: ProviderShown | undefined): (readonly [string, string])[] {
  const address = account.baseUrl ?? account.parameters?.baseUrl ?? provider?.baseUrl;
  const fields = isOwn(account) ? fieldsOf(account, provider, []).filter(({ id }) => id !== 'name' && id !== 'baseUrl') : [];
  const unset = fields.filter(({ text }) => text === '').map(({ label }) => label);
  const { headers = [], models } = account;
  return [
    [l10n.t('Provider'), provider?.name ?? account.provider],
    [l10n.t('Tier'), tierWord(account.tier)],
    [l10n.t('Key'), credentialWords(account)],
    ...(address ? [[l10n.t('Address'), address] as const] : []),
    ...fields.filter(({ text }) => text !== '').map(({ label, shown }) => [label, shown] as const),
    ...(models?.preferred ? [[l10n.t('Default model'), models.preferred] as const] : []),
    ...(headers.length > 0 ? [[l10n.t('Own headers'), headers.join(', ')] as const] : []),
    ...(unset.length > 0 ? [[l10n.t('Not set'), unset.join(', ')] as const] : []),
  ];
}
