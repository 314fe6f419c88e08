import type { VNode } from 'preact';

export function Logs(): VNode {
  return <section class="page" />;
}
