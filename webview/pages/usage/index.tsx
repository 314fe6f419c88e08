import type { VNode } from 'preact';

export function Usage(): VNode {
  return <section class="page" />;
}
