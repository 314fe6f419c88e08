import { useCallback, useState } from 'preact/hooks';
import type { SettingsAnswer } from '../../../src/editor/dashboard/contract/calls/settings.ts';
import { type Asked, useApp, useCall, useTopic } from '../../app.ts';
import { errorOf } from '../../host/thrown.ts';
import type { Path } from './fields.ts';
import { patchAt } from './values.ts';

export interface SettingsDesk {
  asked: Asked<SettingsAnswer>;
  again(): void;
  /** Saves one setting; `undefined`: its default. Gives what the gateway has against it, if it has. */
  change(path: Path, value: unknown): Promise<string | undefined>;
}

/** The settings as the gateway has them, anew whenever anybody changes them. */
export function useSettings(): SettingsDesk {
  const { host } = useApp();
  const { asked, again } = useCall('settings', {});
  const [own, setOwn] = useState<{ over: Asked<SettingsAnswer>; value: SettingsAnswer }>();
  useTopic('config', {}, again, again);
  const change = useCallback(
    async (path: Path, value: unknown): Promise<string | undefined> => {
      try {
        const answer = await host.call('changeSettings', { patch: patchAt(path, value ?? null) });
        setOwn({ over: asked, value: answer });
        return undefined;
      } catch (error) {
        return errorOf(error).message;
      }
    },
    [host, asked],
  );
  // What the gateway answered to a change is newer than what was asked before it.
  const newest: Asked<SettingsAnswer> = own && own.over === asked ? { is: 'there', value: own.value, stale: false } : asked;
  return { asked: newest, again, change };
}
