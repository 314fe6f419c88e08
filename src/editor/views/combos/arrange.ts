import type { AdminApi, ComboConfig } from '../../admin/api.ts';
import type { Live } from '../../live/snapshot.ts';
import type { Pending } from '../pending.ts';
import { rearranged, type Taken, withAdded, without } from './edit-targets.ts';

export interface ArrangeDesk {
  admin: AdminApi;
  live: Live;
  pending: Pending;
}

/** A target dragged, and the combo it was in. */
export type TakenFrom = Taken & { combo: string };

/** Drops targets on a combo, before one of its targets: those of its own change place, those of others move over. Rejects with the gateway's words. */
export async function dropTargets(desk: ArrangeDesk, taken: readonly TakenFrom[], name: string, before?: Taken): Promise<void> {
  const { combos } = desk.pending.over(desk.live.snapshot);
  const combo = combos.find((entry) => entry.name === name);
  if (!combo) return;
  const own = taken.filter((entry) => entry.combo === name);
  const foreign = taken.filter((entry) => entry.combo !== name);
  const arranged = own.length > 0 ? rearranged(combo.targets, own, before) : combo.targets;
  const changes = new Map([
    [
      name,
      withAdded(
        arranged,
        foreign.map(({ target }) => target),
        before,
      ),
    ],
  ]);
  for (const source of new Set(foreign.map((entry) => entry.combo))) {
    const left = combos.find((entry) => entry.name === source);
    const targets =
      left &&
      without(
        left.targets,
        foreign.filter((entry) => entry.combo === source),
      );
    // A combo is never left empty: its last target is copied instead.
    if (targets && targets.length > 0) changes.set(source, targets);
  }
  await saveTargets(desk, changes);
}

/** Adds models dropped on a combo. */
export async function dropModels(desk: ArrangeDesk, models: readonly string[], name: string, before?: Taken): Promise<void> {
  const combo = desk.pending.over(desk.live.snapshot).combos.find((entry) => entry.name === name);
  if (combo) await saveTargets(desk, new Map([[name, withAdded(combo.targets, models, before)]]));
}

/** Saves combos with other targets, one after the other; shown at once. */
export async function saveTargets({ admin, live, pending }: ArrangeDesk, changes: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const combos = new Map(pending.over(live.snapshot).combos.map((combo) => [combo.name, combo]));
  const real = new Map([...changes].filter(([name, targets]) => combos.get(name)?.targets.join('\n') !== targets.join('\n')));
  if (real.size === 0) return;
  await pending.targets(real, async () => {
    try {
      for (const [name, targets] of real) {
        const combo = combos.get(name);
        if (combo) await admin.saveCombo(name, { ...bare(combo), targets: [...targets] });
      }
    } finally {
      await live.refresh('combos');
    }
  });
}

/** A combo as the admin API takes it: its name stands in the address. */
export function bare({ name, ...rest }: ComboConfig): Omit<ComboConfig, 'name'> {
  return rest;
}
