import type { generalCalls } from '../../contract/calls/general.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function generalHandlers({ surroundings }: DashboardDeps): Pick<Handlers, keyof typeof generalCalls> {
  return {
    run: async ({ command, ref }) => {
      await surroundings.run(command, ref);
      return null;
    },
    copy: async ({ text }) => {
      await surroundings.copy(text);
      return null;
    },
    saveFile: async ({ name, text }) => await surroundings.saveFile(name, text),
  };
}
