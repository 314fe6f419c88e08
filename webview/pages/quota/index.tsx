import type { VNode } from 'preact';

export function Quota(): VNode {
  return <section class="page" />;
}
