import * as l10n from '@vscode/l10n';
import type { RefObject, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Params } from '../../../src/editor/dashboard/contract/calls.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import type { Snapshot } from '../../../src/editor/live/snapshot.ts';
import { usersAccounts } from '../../../src/editor/status-bar/standing.ts';
import { useApp } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { PlaceLink } from '../../ui/link.tsx';
import { Failure } from '../../ui/states.tsx';
import { type Ailment, ailments } from './ailments.ts';

/** What requests are kept away from, and why; resetting does no harm, so nobody is asked whether they are sure. */
export function Ailing({ standing, now }: { standing: Snapshot; now: number }): VNode {
  const { place } = useApp();
  const { reset, said, error, element } = useReset();
  const list = ailments(standing.health, standing.accounts, now);
  return (
    <Section
      title={l10n.t('Accounts and Providers')}
      actions={list.length > 1 && <Button onClick={() => reset({}, l10n.t('Everything is asked again.'))}>{l10n.t('Reset All')}</Button>}
    >
      <p ref={element} class="said" role="status" tabIndex={-1}>
        {said}
      </p>
      {error && <Failure error={error} />}
      {list.length === 0 ? (
        <AllWell standing={standing} />
      ) : (
        <ul class="ailments">
          {list.map((ailment) => (
            <AilmentView
              key={ailment.key}
              ailment={ailment}
              isMarked={place.item !== undefined && place.item === ailment.place?.item}
              reset={reset}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

type Reset = (scope: Params<'resetHealth'>, done: string) => void;

function useReset(): { reset: Reset; said: string; error: Error | undefined; element: RefObject<HTMLParagraphElement | null> } {
  const { host } = useApp();
  const [said, setSaid] = useState('');
  const [error, setError] = useState<Error>();
  const element = useRef<HTMLParagraphElement>(null);
  const reset: Reset = (scope, done) => {
    setError(undefined);
    host.call('resetHealth', scope).then(() => {
      setSaid(done);
      // The button that was pressed goes with its line.
      element.current?.focus();
    }, setError);
  };
  return { reset, said, error, element };
}

function AilmentView({ ailment, isMarked, reset }: { ailment: Ailment; isMarked: boolean; reset: Reset }): VNode {
  const { name, kind, icon, tone, words, detail, until, failures, scope, place } = ailment;
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isMarked) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isMarked]);
  return (
    <li ref={element} class={`ailment${isMarked ? ' marked' : ''}`}>
      <span class={`ailment-icon tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <div class="ailment-words">
        <span>
          <span class="quiet">{kind} </span>
          {place ? <PlaceLink to={place}>{name}</PlaceLink> : <strong>{name}</strong>}
        </span>
        <span>{failures === undefined ? words : l10n.t('{0} · {1}', words, failures)}</span>
        {detail !== '' && <span class="quiet">{detail}</span>}
      </div>
      <span class="ailment-until">{until !== undefined && <Countdown until={until} />}</span>
      <Button title={l10n.t('Ask {0} again from now on', name)} onClick={() => reset(scope, l10n.t('{0} is asked again.', name))}>
        {l10n.t('Reset')}
      </Button>
    </li>
  );
}

/** Nothing is wrong, and what that means. */
function AllWell({ standing }: { standing: Snapshot }): VNode {
  const enabled = usersAccounts(standing).filter((account) => account.enabled).length;
  if (enabled === 0) return <p class="quiet">{l10n.t('There is nothing to check: no account is on.')}</p>;
  return (
    <div class="all-well">
      <span class="tone-good ailment-icon">
        <Icon name="pass-filled" />
      </span>
      <div class="ailment-words">
        <strong>{l10n.t('All is well')}</strong>
        <span class="quiet">
          {enabled === 1
            ? l10n.t('Checked: the account that is on, its models and its provider. No cool-down, no refused key, no breaker is open.')
            : l10n.t(
                'Checked: {0} accounts that are on, their models and their providers. No cool-down, no refused key, no breaker is open.',
                formatCount(enabled),
              )}
        </span>
      </div>
    </div>
  );
}
