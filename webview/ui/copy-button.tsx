import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useCopy } from '../use-copy.ts';
import { IconButton } from './button.tsx';

const COPIED_MS = 1500;

/** Copies a text, and says for a moment that it did. */
export function CopyButton({ text, label }: { text: string; label: string }): VNode {
  const copy = useCopy();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={copied ? l10n.t('Copied') : label}
      onClick={() => void copy(text).then(setCopied)}
    />
  );
}
