import type { VNode } from 'preact';

export function Health(): VNode {
  return <section class="page" />;
}
