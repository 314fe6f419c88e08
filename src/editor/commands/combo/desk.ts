import * as l10n from '@vscode/l10n';
import type { AdminApi, ComboConfig } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';
import type { Link } from '../../link/link.ts';
import type { Live } from '../../live/snapshot.ts';
import type { ItemRef } from '../../views/item.ts';
import type { Pending } from '../../views/pending.ts';
import { strategyWord } from '../../views/words.ts';

/** What the commands about combos work with; nothing of VS Code, so that they are tested with a script in the user's place. */
export interface ComboDesk {
  ui: Ui;
  admin: AdminApi;
  live: Live;
  link: Pick<Link, 'request'>;
  pending: Pending;
  now(): number;
  /** Opens text to read, in a tab of its own. */
  show(title: string, text: string): Promise<void>;
}

/** The combo that a command on an item of the tree is about; from the palette, the user is asked. `undefined`: left, or there is none. */
export async function chosenCombo(desk: ComboDesk, ref: ItemRef | undefined, title: string): Promise<ComboConfig | undefined> {
  const name = await chosenName(desk, ref, title, false);
  return desk.live.snapshot.combos.find((combo) => combo.name === name);
}

/** The name of a combo, or of automatic routing where that will do. */
export async function chosenName(desk: ComboDesk, ref: ItemRef | undefined, title: string, orAuto: boolean): Promise<string | undefined> {
  if (ref?.kind === 'combo' || ref?.kind === 'target') return ref.combo;
  if (ref?.kind === 'auto' && orAuto) return ref.name;
  const { combos } = desk.live.snapshot;
  if (combos.length === 0 && !orAuto) return withoutCombos(desk);
  const answer = await desk.ui.pick({
    title,
    placeholder: l10n.t('Which combo?'),
    items: [
      ...combos.map((combo) => ({
        label: combo.name,
        description: strategyWord(combo.strategy),
        detail: combo.targets.join(', '),
        icon: 'layers',
        value: combo.name,
      })),
      ...(orAuto ? [{ label: 'auto', description: l10n.t('built in'), icon: 'wand', value: 'auto' }] : []),
    ],
  });
  return answer.is === 'value' ? answer.value : undefined;
}

async function withoutCombos({ ui }: ComboDesk): Promise<undefined> {
  const make = l10n.t('New Combo…');
  if ((await ui.tell('info', l10n.t('There is no combo yet.'), make)) === make) await ui.run('omniroute.combo.new');
}
