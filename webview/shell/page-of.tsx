import * as l10n from '@vscode/l10n';
import type { FunctionComponent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageId } from '../../src/editor/dashboard/contract/place.ts';
import { useApp } from '../app.ts';
import type { PageInfo } from '../pages.ts';
import { Failure, Loading } from '../ui/states.tsx';
import { Boundary } from './boundary.tsx';
import { useScroll } from './use-scroll.ts';

const loaded = new Map<PageId, FunctionComponent>();

/** One page, loaded when it is first shown. `arrived`: it is there. */
export function PageOf({ page, arrived }: { page: PageInfo; arrived(): void }): VNode {
  const { host } = useApp();
  const [Known, setKnown] = useState(() => knownNow(page));
  const [error, setError] = useState<Error>();
  useScroll(page.id);
  useEffect(() => {
    if (Known || error) return;
    Promise.resolve(page.load()).then(
      (found) => {
        loaded.set(page.id, found);
        setKnown(() => found);
      },
      (reason: Error) => {
        host.failed(`${page.id}: ${reason.message}`);
        // A browser does not ask again for a script that was not there: the extension was updated, most likely.
        setError(new Error(l10n.t('This page could not be loaded. Close the dashboard and open it again.')));
      },
    );
  }, [page, Known, error, host]);
  useEffect(() => {
    if (Known) arrived();
  }, [Known, arrived]);
  if (error) return <Waiting page={page} error={error} />;
  if (!Known) return <Waiting page={page} />;
  return (
    <Boundary onError={({ message, stack }) => host.failed(`${page.id}: ${message}\n${stack ?? ''}`)}>
      <Known />
    </Boundary>
  );
}

/** The page's heading is there before the page is. */
function Waiting({ page, error }: { page: PageInfo; error?: Error }): VNode {
  return (
    <section class="page">
      <header class="page-head">
        <h1>{page.title()}</h1>
      </header>
      {error ? <Failure error={error} /> : <Loading rows={8} />}
    </section>
  );
}

function knownNow(page: PageInfo): FunctionComponent | undefined {
  const known = loaded.get(page.id);
  if (known) return known;
  if (page.id !== 'overview') return undefined;
  const found = page.load();
  return typeof found === 'function' ? found : undefined;
}
