import * as l10n from '@vscode/l10n';
import type { FunctionComponent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageId } from '../src/editor/dashboard/contract/place.ts';
import { useApp } from './app.ts';
import { PAGE_LIST, type PageInfo } from './pages.ts';
import { Icon } from './ui/icon.tsx';
import { Failure, Loading } from './ui/states.tsx';

/** The navigation, and the page that is open. */
export function Shell(): VNode {
  const { place, host } = useApp();
  const page = PAGE_LIST.find(({ id }) => id === place.page) ?? PAGE_LIST[0];
  const alone = host.boot.placement === 'side';
  return (
    <div class={alone ? 'shell alone' : 'shell'}>
      {!alone && <Navigation />}
      <main>{page && <PageOf key={page.id} page={page} />}</main>
    </div>
  );
}

function Navigation(): VNode {
  const { place, go } = useApp();
  return (
    <nav class="nav" aria-label={l10n.t('Pages')}>
      {PAGE_LIST.map(({ id, icon, title }) => (
        <button
          type="button"
          key={id}
          class="nav-item"
          aria-current={place.page === id ? 'page' : undefined}
          title={title()}
          onClick={() => go({ page: id })}
        >
          <Icon name={icon} />
          <span class="nav-title">{title()}</span>
        </button>
      ))}
    </nav>
  );
}

const loaded = new Map<PageId, FunctionComponent>();

function PageOf({ page }: { page: PageInfo }): VNode {
  const [Known, setKnown] = useState(() => knownNow(page));
  const [error, setError] = useState<Error>();
  useEffect(() => {
    if (Known) return;
    Promise.resolve(page.load()).then((found) => {
      loaded.set(page.id, found);
      setKnown(() => found);
    }, setError);
  }, [page, Known]);
  if (error) return <Failure error={error} />;
  return Known ? <Known /> : <Loading rows={8} />;
}

function knownNow(page: PageInfo): FunctionComponent | undefined {
  const known = loaded.get(page.id);
  if (known) return known;
  if (page.id !== 'overview') return undefined;
  const found = page.load();
  return typeof found === 'function' ? found : undefined;
}
