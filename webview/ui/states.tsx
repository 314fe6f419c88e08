import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import type { Asking } from '../app.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Nothing is here, why, and what to do about it. */
export function Empty({ icon, title, children }: { icon: string; title: string; children?: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <Icon name={icon} class="empty-icon" />
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

export function Failure({ error, again }: { error: Error; again?: () => void }): VNode {
  return (
    <div class="failure" role="alert">
      <Icon name="error" />
      <span class="failure-words">{error.message}</span>
      {again && <Button onClick={again}>{l10n.t('Try Again')}</Button>}
    </div>
  );
}

/** Something that is not as it should be, and goes on all the same. */
export function Warning({ text }: { text: string }): VNode {
  return (
    <p class="warning tone-warning">
      <Icon name="warning" label={l10n.t('Warning')} />
      <span>{text}</span>
    </p>
  );
}

/** `rows`: how many lines of room what comes will take, so that nothing moves when it is there. */
export function Loading({ rows = 3 }: { rows?: number }): VNode {
  return (
    <div class="loading" role="status" aria-label={l10n.t('Loading…')}>
      {Array.from({ length: rows }, (_, at) => (
        <div class="skeleton" key={at} />
      ))}
    </div>
  );
}

/** What was asked: while it loads, when it failed, and when it is there. What was there before a failure stays. */
export function Answer<T>({ asking, rows, children }: { asking: Asking<T>; rows?: number; children(value: T): ComponentChildren }): VNode {
  const { asked, again } = asking;
  switch (asked.is) {
    case 'loading':
      return <Loading {...(rows === undefined ? {} : { rows })} />;
    case 'there':
      return <>{children(asked.value)}</>;
    case 'failed':
      return (
        <>
          <Failure error={asked.error} again={again} />
          {asked.last !== undefined && children(asked.last)}
        </>
      );
  }
}
