import type { ItemRef } from '../../../views/item.ts';
import type { generalCalls } from '../../contract/calls/general.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function generalHandlers({ surroundings }: DashboardDeps): Pick<Handlers, keyof typeof generalCalls> {
  return {
    run: async ({ command, ref }) => {
      // A command looks at the kind of what it is given, and asks the user when it is none it knows.
      await surroundings.run(command, ref as ItemRef | undefined);
      return null;
    },
    copy: async ({ text }) => {
      await surroundings.copy(text);
      return null;
    },
    saveFile: async ({ name, text }) => await surroundings.saveFile(name, text),
  };
}
