import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { Tone } from './tone.ts';

interface PageProps {
  title: string;
  actions?: ComponentChildren;
  /** Of a page about one thing of a list: the way to the list. */
  back?: { label: string; onClick(): void } | undefined;
  children: ComponentChildren;
}

/** One page: its heading, what can be done with all of it, and what is on it. */
export function Page({ title, actions, back, children }: PageProps): VNode {
  return (
    <section class="page">
      <header class="page-head">
        {back && (
          <button type="button" class="page-back" onClick={back.onClick}>
            <Icon name="arrow-left" />
            {back.label}
          </button>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        <div class="actions">{actions}</div>
      </header>
      {children}
    </section>
  );
}

export function Section({ title, actions, children }: { title: string; actions?: ComponentChildren; children: ComponentChildren }): VNode {
  return (
    <section class="section" aria-label={title}>
      <header class="section-head">
        <h2>{title}</h2>
        <div class="actions">{actions}</div>
      </header>
      {children}
    </section>
  );
}

/** Figures side by side, as many as there is room for. `wide`: of some that are longer, as dates are. */
export function Tiles({ wide = false, children }: { wide?: boolean; children: ComponentChildren }): VNode {
  return <dl class={`tiles${wide ? ' wide' : ''}`}>{children}</dl>;
}

interface TileProps {
  label: string;
  /** As it is shown; `–` where it is not known. */
  value: string;
  detail?: ComponentChildren;
  tone?: Tone;
}

export function Tile({ label, value, detail, tone = 'neutral' }: TileProps): VNode {
  return (
    <div class={`tile tone-${tone}`}>
      <dt title={label}>{label}</dt>
      <dd class="tile-value">{value}</dd>
      <dd class="tile-detail">{detail}</dd>
    </div>
  );
}
