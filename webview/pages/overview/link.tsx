import type { ComponentChildren, VNode } from 'preact';
import type { Place } from '../../../src/editor/dashboard/contract/place.ts';
import { useApp } from '../../app.ts';

/** Words that lead to another place of the dashboard. */
export function PlaceLink({ to, children, label }: { to: Place; children: ComponentChildren; label?: string }): VNode {
  const { go } = useApp();
  return (
    <button type="button" class="place-link" aria-label={label} onClick={() => go(to)}>
      {children}
    </button>
  );
}
