import type { ComponentChildren, VNode } from 'preact';
import type { Place } from '../../src/editor/dashboard/contract/place.ts';
import { useApp } from '../app.ts';

interface LinkProps {
  onClick(): void;
  children: ComponentChildren;
  title?: string;
  class?: string;
  /** -1 where a row that is opened leads to the same. */
  tabIndex?: number;
}

/** Words that do something, as a link looks. */
export function Link({ onClick, children, title, class: more, tabIndex }: LinkProps): VNode {
  return (
    <button type="button" class={more ? `link ${more}` : 'link'} title={title} tabIndex={tabIndex} onClick={onClick}>
      {children}
    </button>
  );
}

/** Words that lead to another place of the dashboard. */
export function PlaceLink({ to, children }: { to: Place; children: ComponentChildren }): VNode {
  const { go } = useApp();
  return <Link onClick={() => go(to)}>{children}</Link>;
}
