import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ToolsShown } from '../../../src/editor/dashboard/contract/calls/tools.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import { useApp, useCall, useKept, useSlice, useTopic } from '../../app.ts';
import { isTexts } from '../../fits.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Page, Section } from '../../ui/layout.tsx';
import { Answer, Empty, Failure, Loading } from '../../ui/states.tsx';
import { type Run, useRun } from '../../use-run.ts';
import { AnyOther } from './any-other.tsx';
import { parted } from './standing.ts';
import { Tool } from './tool.tsx';

/** The set-up view: every tool that can be led to the gateway, and how it stands. */
export function Tools(): VNode {
  const run = useRun();
  const { host } = useApp();
  const asking = useCall('tools', {});
  const { again } = asking;
  const [failed, setFailed] = useState<Error>();
  const look = useCallback(() => {
    setFailed(undefined);
    host.call('lookAtTools', {}).then(again, setFailed);
  }, [host, again]);
  useTopic('tools', {}, again);
  useLooking(look);
  const isReading = asking.asked.is === 'there' && asking.asked.value.state.is === 'reading';
  return (
    <Page
      title={l10n.t('Tools')}
      actions={
        <>
          <IconButton icon={isReading ? 'loading codicon-modifier-spin' : 'refresh'} label={l10n.t('Look Again')} onClick={look} />
          <Button kind="primary" icon="tools" onClick={() => void run('omniroute.setUpAll')}>
            {l10n.t('Set Up All…')}
          </Button>
        </>
      }
    >
      {failed && <Failure error={failed} again={look} />}
      <Answer asking={asking} rows={10}>
        {(shown) => <Looks shown={shown} run={run} look={look} />}
      </Answer>
      <AnyOther run={run} />
    </Page>
  );
}

/** When the page is opened, and when it is seen again: files change while nobody looks. */
function useLooking(look: () => void): void {
  useEffect(() => {
    look();
    const seen = (): void => {
      if (!document.hidden) look();
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [look]);
}

function Looks({ shown, run, look }: { shown: ToolsShown; run: Run; look(): void }): VNode {
  const { place } = useApp();
  const requests = useSlice('requests') ?? [];
  const [open, setOpen] = useKept<string[]>('tools.open', [], isTexts);
  const { state, tools } = shown;
  const { found, away } = parted(tools);
  useEffect(() => {
    if (place.item !== undefined && !open.includes(place.item)) setOpen([...open, place.item]);
    // Only when a link leads here: what is opened so may be closed again.
  }, [place.item]);
  const row = (tool: ToolsShown['tools'][number]): VNode => (
    <Tool
      key={tool.id}
      tool={tool}
      requests={requests}
      isOpen={open.includes(tool.id)}
      isGoal={tool.id === place.item}
      onOpen={(is) => setOpen(is ? [...open, tool.id] : open.filter((id) => id !== tool.id))}
      run={run}
    />
  );
  if (tools.length === 0 && state.is !== 'failed') return <Loading rows={10} />;
  return (
    <>
      {state.is === 'failed' && <Failure error={new Error(l10n.t('The tools could not be looked at: {0}', state.message))} again={look} />}
      {tools.length > 0 && found.length === 0 && <NoTools />}
      {found.length > 0 && (
        <Section title={l10n.t('On This Machine')}>
          <ul class="tools">{found.map(row)}</ul>
        </Section>
      )}
      {away.length > 0 && (
        <details class="tools-away" open={away.some(({ id }) => id === place.item)}>
          <summary>
            <h2>{l10n.t('Not Found Here')}</h2> <span class="quiet figure">{formatCount(away.length)}</span>
          </summary>
          <ul class="tools">{away.map(row)}</ul>
        </details>
      )}
    </>
  );
}

function NoTools(): VNode {
  return (
    <Empty icon="tools" title={l10n.t('No tool was found on this machine.')}>
      <p>{l10n.t('Install one of those below and look again, or give any other tool the address and a key.')}</p>
    </Empty>
  );
}
