import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../app.ts';
import { PAGE_LIST } from '../pages.ts';
import { Icon } from '../ui/icon.tsx';

/**
 * All pages. There are no keys for a page: Alt with a figure, Ctrl with Page Up and Down and the like are VS Code's own, and reach it also
 * out of a webview.
 */
export function Navigation(): VNode {
  const { place, go } = useApp();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // Not scrollIntoView: the next Tab would begin there.
    const { current: bar } = nav;
    const item = bar?.querySelector<HTMLElement>('[aria-current]');
    if (bar && item) bar.scrollLeft = item.offsetLeft - (bar.clientWidth - item.offsetWidth) / 2;
  }, [place.page]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || !nav.current) return;
    const items = [...nav.current.querySelectorAll<HTMLElement>('.nav-item')];
    const at = event.target instanceof HTMLElement ? items.indexOf(event.target) : -1;
    const to = itemAfterKey(event.key, at, items.length);
    if (to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  };
  return (
    <nav ref={nav} class="nav" aria-label={l10n.t('Pages')} onKeyDown={onKeyDown}>
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

function itemAfterKey(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowUp':
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
