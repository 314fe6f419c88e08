import type { VNode } from 'preact';

export function Providers(): VNode {
  return <section class="page" />;
}
