import type { VNode } from 'preact';

export function Requests(): VNode {
  return <section class="page" />;
}
