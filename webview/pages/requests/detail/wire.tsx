import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Capture, CaptureSettings } from '../../../../src/editor/admin/api.ts';
import { type Asking, useApp, useCall } from '../../../app.ts';
import { Button } from '../../../ui/button.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Section } from '../../../ui/layout.tsx';
import { Answer, Failure } from '../../../ui/states.tsx';
import { dialectWord } from './facts.ts';
import { TextPane } from './text-pane.tsx';

/** How many are kept when it is switched on here. */
const KEPT = 20;

/** The request in each dialect on its way, where that is kept. */
export function Wire({ id, underWay }: { id: string; underWay: boolean }): VNode {
  const settings = useCall('captures', {});
  const capture = useCall('capture', { id });
  const again = (): void => {
    settings.again();
    capture.again();
  };
  const on = settings.asked.is === 'there' && settings.asked.value.settings.last > 0;
  return (
    <Section title={l10n.t('On the Wire')} actions={on && <Switches onChanged={again} />}>
      <Answer asking={capture} rows={2}>
        {(found) => (found ? <Exchange capture={found} /> : <NotKept settings={settings} underWay={underWay} onChanged={again} />)}
      </Answer>
    </Section>
  );
}

function Exchange({ capture: { record, request, sent, answer } }: { capture: Capture }): VNode {
  const tool = record.client || l10n.t('The tool');
  return (
    <div class="wire">
      <TextPane
        title={l10n.t('{0} sent', tool)}
        detail={l10n.t('{0}: {1} {2}', dialectWord(record.dialect), request.method, request.path)}
        text={request.body}
      >
        <Headers headers={request.headers} />
      </TextPane>
      {sent.map(({ target, account, dialect, method, path, headers, body }, at) => (
        <TextPane
          key={at}
          title={l10n.t('To {0} ({1})', target, account)}
          detail={l10n.t('{0}: {1} {2}', dialectWord(dialect), method, path)}
          text={body}
        >
          <Headers headers={headers} />
        </TextPane>
      ))}
      <TextPane
        title={l10n.t('{0} got', tool)}
        detail={l10n.t('{0}: status {1}', dialectWord(record.dialect), answer.status)}
        text={answer.body}
      />
      <p class="hint">{l10n.t('Credentials are taken out; of headers only harmless ones are kept.')}</p>
    </div>
  );
}

function Headers({ headers }: { headers: Record<string, string> }): VNode | null {
  const entries = Object.entries(headers);
  if (entries.length === 0) return null;
  return (
    <div class="wire-headers">
      <Facts>
        {entries.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </Facts>
    </div>
  );
}

interface NotKeptProps {
  settings: Asking<{ settings: CaptureSettings }>;
  underWay: boolean;
  onChanged(): void;
}

function NotKept({ settings, underWay, onChanged }: NotKeptProps): VNode {
  return (
    <Answer asking={settings} rows={2}>
      {({ settings: { last, keepHours } }) => {
        if (last === 0) return <SwitchOn onChanged={onChanged} />;
        if (underWay) return <p class="quiet">{l10n.t('What was sent can be read here when the request is over.')}</p>;
        return (
          <p class="quiet">
            {l10n.t('What was sent is not kept, or no longer: of all requests only the newest {0} are, for {1} hours.', last, keepHours)}
          </p>
        );
      }}
    </Answer>
  );
}

function SwitchOn({ onChanged }: { onChanged(): void }): VNode {
  const [act, busy, error] = useActing(onChanged);
  const { host } = useApp();
  return (
    <div class="wire-off">
      <p>
        {l10n.t(
          'The gateway can keep what a tool sent, what went to each provider, and what came back, to see where something goes wrong.',
        )}
      </p>
      <p class="quiet">
        {l10n.t(
          'Prompts and answers of the last {0} requests then stay in this machine’s memory until you switch it off or the gateway ends. It begins with the next request.',
          KEPT,
        )}
      </p>
      <div class="actions">
        <Button icon="record" disabled={busy} onClick={() => act(host.call('keepCaptures', { last: KEPT }))}>
          {l10n.t('Keep the Last {0} Requests', KEPT)}
        </Button>
      </div>
      {error && <Failure error={error} />}
    </div>
  );
}

function Switches({ onChanged }: { onChanged(): void }): VNode {
  const [act, busy, error] = useActing(onChanged);
  const { host } = useApp();
  return (
    <>
      <Button icon="clear-all" disabled={busy} onClick={() => act(host.call('clearCaptures', {}))}>
        {l10n.t('Clear')}
      </Button>
      <Button icon="debug-stop" disabled={busy} onClick={() => act(host.call('keepCaptures', { last: 0 }))}>
        {l10n.t('Stop Keeping')}
      </Button>
      {error && <Failure error={error} />}
    </>
  );
}

/** Waits for what was asked for, then tells. */
function useActing(then: () => void): [act: (done: Promise<unknown>) => void, busy: boolean, error: Error | undefined] {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const act = (done: Promise<unknown>): void => {
    setBusy(true);
    setError(undefined);
    done.then(then, setError).finally(() => setBusy(false));
  };
  return [act, busy, error];
}
