import type { VNode } from 'preact';

export function Tools(): VNode {
  return <section class="page" />;
}
