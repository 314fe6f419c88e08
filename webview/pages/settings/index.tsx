import type { VNode } from 'preact';

export function Settings(): VNode {
  return <section class="page" />;
}
