import * as l10n from '@vscode/l10n';
import { MOST_PORTS, type Taken } from './find.ts';
import { portHolder } from './port-holder.ts';

export function fullText(wanted: number): string {
  return l10n.t(
    'The ports {0} to {1} are all in use by other programs. The setting omniroute.port chooses others.',
    wanted,
    wanted + MOST_PORTS - 1,
  );
}

export function crashedText(message: string): string {
  return l10n.t('The gateway crashed again and again, the last time of: {0}. The log says more; “Restart Gateway” tries it anew.', message);
}

export function stoppedText(): string {
  return l10n.t('The gateway is stopped in this window.');
}

/** Who has the port, for people; `undefined` where the system does not tell. */
export async function holderText(port: number, taken: Taken): Promise<string | undefined> {
  const holder = await portHolder(port);
  if (taken.is !== 'stranger' || !taken.omniroute) return holder;
  return holder ? l10n.t('OmniRoute of another editor, {0}', holder) : l10n.t('OmniRoute of another editor');
}
