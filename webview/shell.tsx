import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useRef } from 'preact/hooks';
import { useApp } from './app.ts';
import { PAGE_LIST } from './pages.ts';
import { Banner } from './shell/banner.tsx';
import { Navigation } from './shell/navigation.tsx';
import { PageOf } from './shell/page-of.tsx';
import { useFocusNotLost } from './shell/use-focus-not-lost.ts';

/** The navigation, and the page that is open. */
export function Shell(): VNode {
  const { place, host } = useApp();
  const main = useRef<HTMLElement>(null);
  const arrived = useFocusOnHeading(main);
  useFocusNotLost(main);
  const page = PAGE_LIST.find(({ id }) => id === place.page) ?? PAGE_LIST[0];
  const alone = host.boot.placement === 'side';
  return (
    <div class={alone ? 'shell alone' : 'shell'}>
      {!alone && (
        <button type="button" class="skip" onClick={() => main.current?.querySelector<HTMLElement>('h1')?.focus()}>
          {l10n.t('Skip to Content')}
        </button>
      )}
      {!alone && <Navigation />}
      <main ref={main}>
        {/* The overview says it itself, among all else that needs the user. */}
        {place.page !== 'overview' && <Banner />}
        {page && <PageOf key={page.id} page={page} arrived={arrived} />}
      </main>
    </div>
  );
}

/**
 * When another page is there, its heading has the focus, and so is said; unless the page gave it to something itself. The first page leaves
 * the focus where it is: in the editor, perhaps.
 */
function useFocusOnHeading(main: { current: HTMLElement | null }): () => void {
  const first = useRef(true);
  return useCallback(() => {
    const { current } = main;
    if (!first.current && current && !current.contains(document.activeElement)) current.querySelector('h1')?.focus({ preventScroll: true });
    first.current = false;
  }, [main]);
}
