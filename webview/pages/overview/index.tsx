import type { VNode } from 'preact';

export function Overview(): VNode {
  return <section class="page" />;
}
