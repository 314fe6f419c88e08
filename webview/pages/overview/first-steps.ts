import * as l10n from '@vscode/l10n';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import type { Snapshot } from '../../../src/editor/live/snapshot.ts';
import { OWN_CLIENT } from '../../../src/editor/own-client-name.ts';
import { usersAccounts } from '../../../src/editor/status-bar/standing.ts';
import type { PageCommand } from '../../use-run.ts';

/** A step of the way in. */
export interface FirstStep {
  id: 'provider' | 'tool' | 'try';
  title: string;
  text: string;
  isDone: boolean;
  buttons: { label: string; command: PageCommand }[];
}

/** The way in, until a request was made; `undefined`: the user is in, or it is not known yet. */
export function firstSteps(
  { accounts, requests, loaded }: Pick<Snapshot, 'accounts' | 'requests' | 'loaded'>,
  today: UsageRow | null | undefined,
): FirstStep[] | undefined {
  const hasAccount = usersAccounts({ accounts }).length > 0;
  const wasAsked = requests.length > 0 || (today?.requests ?? 0) > 0;
  if (!loaded || (hasAccount && wasAsked)) return undefined;
  const byTool = requests.some(({ client }) => client !== OWN_CLIENT);
  return [
    {
      id: 'provider',
      title: l10n.t('Add a Provider'),
      text: l10n.t(
        'An API key, a plan you pay for, a free tier or a model on this machine. Several are better: when one cannot answer, the next one does.',
      ),
      isDone: hasAccount,
      buttons: [
        { label: l10n.t('Add a Provider…'), command: 'omniroute.addProvider' },
        { label: l10n.t('Import Keys…'), command: 'omniroute.importKeys' },
      ],
    },
    {
      id: 'tool',
      title: l10n.t('Set Up Your Tools'),
      text: l10n.t('Claude Code, Codex, Copilot and others are pointed at OmniRoute. Each change is shown first and can be undone.'),
      isDone: byTool,
      buttons: [{ label: l10n.t('Set Up Tools…'), command: 'omniroute.setUpAll' }],
    },
    {
      id: 'try',
      title: l10n.t('Try It'),
      text: l10n.t('One question through the gateway shows that all is in place.'),
      isDone: wasAsked,
      buttons: [{ label: l10n.t('Try It'), command: 'omniroute.tryIt' }],
    },
  ];
}
