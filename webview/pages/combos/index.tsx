import type { VNode } from 'preact';

export function Combos(): VNode {
  return <section class="page" />;
}
