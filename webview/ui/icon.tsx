import type { VNode } from 'preact';

/** A codicon by its name; `~spin` behind it turns it. With a label it says something by itself; without one it decorates words beside it. */
export function Icon({ name, label, class: more = '' }: { name: string; label?: string; class?: string }): VNode {
  const classes = `codicon codicon-${name.replace('~', ' codicon-modifier-')} ${more}`;
  return label === undefined ? (
    <span class={classes} aria-hidden="true" />
  ) : (
    <span class={classes} role="img" aria-label={label} title={label} />
  );
}
