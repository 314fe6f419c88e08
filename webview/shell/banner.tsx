import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SlicesMessage } from '../../src/editor/dashboard/contract/slices.ts';
import { useSlice } from '../app.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Tone } from '../ui/tone.ts';
import { type PageCommand, useRun } from '../use-run.ts';

interface Words {
  tone: Tone;
  icon: string;
  text: string;
  actions: readonly { label: string; command: PageCommand }[];
}

/** Above every page while the gateway is not there: why, and what helps. */
export function Banner(): VNode {
  const link = useSlice('link');
  const run = useRun();
  const waited = useWaited(link?.is === 'connecting');
  const words = wordsOf(link, waited);
  return (
    // There from the start, so that what appears in it is said.
    <div role="status">
      {words && (
        <div class={`banner tone-${words.tone}`}>
          <Icon name={words.icon} />
          <span class="banner-words">{words.text}</span>
          {words.actions.map(({ label, command }) => (
            <Button key={command} onClick={() => void run(command)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function wordsOf(link: SlicesMessage['link'], waited: boolean): Words | undefined {
  const restart = { label: l10n.t('Restart Gateway'), command: 'omniroute.restartGateway' } as const;
  const log = { label: l10n.t('Show Log'), command: 'omniroute.showLog' } as const;
  const open = { label: l10n.t('Open Configuration'), command: 'omniroute.openConfig' } as const;
  switch (link?.is) {
    case 'connecting':
      return waited ? { tone: 'info', icon: 'loading~spin', text: l10n.t('Connecting to the gateway…'), actions: [log] } : undefined;
    case 'failed':
      return { tone: 'bad', icon: 'error', text: link.message, actions: link.reason === 'config' ? [open, restart] : [restart, log] };
    case 'stopped':
      return { tone: 'warning', icon: 'debug-stop', text: l10n.t('The gateway is stopped.'), actions: [restart] };
    default:
      return undefined;
  }
}

const PATIENCE_MS = 1500;

/** A gateway that starts is there in a moment: a banner that flashes helps nobody. */
function useWaited(waiting: boolean): boolean {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    setWaited(false);
    if (!waiting) return;
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return waited;
}
