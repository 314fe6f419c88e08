import type { Editor } from '../editor.ts';
import { SecretVault } from '../secret-vault.ts';
import { wantedPort } from '../wanted-port.ts';
import type { Toolbox } from './desk.ts';
import { gatewaySide } from './gateway-side.ts';
import { machineOf } from './machine.ts';

/** Loads what tools are set up with: parsers of five formats and every tool's own file, which no window needs before. */
export async function openToolbox({ context, admin, link, live, log }: Editor): Promise<Toolbox> {
  const [{ CLIENTS }, { createSetups }, { ToolKeys }, { AdminKeys }, { ToolSetup }, { CopilotGroup }, { vscodeHost }] = await Promise.all([
    import('../../clients/registry.ts'),
    import('../../clients/setups.ts'),
    import('../../clients/key-keeper.ts'),
    import('../../clients/key-keepers.ts'),
    import('../../clients/tool-setup.ts'),
    import('./copilot/keeper.ts'),
    import('./copilot/vscode-host.ts'),
  ]);
  const machine = machineOf(context);
  const gateway = gatewaySide({ admin, link, live, port: await wantedPort(context) });
  const keys = new ToolKeys(new AdminKeys(admin), new SecretVault(context.secrets), Date.now);
  const setups = createSetups({
    machine,
    folder: context.globalStorageUri.fsPath,
    now: Date.now,
    gateway: { origin: () => (gateway.running ? gateway.origin : undefined) },
    log: (line) => log.info(line),
  });
  const host = vscodeHost(context, machine.editorUser);
  const group = new CopilotGroup({ host, keys, gateway, now: Date.now });
  return { clients: CLIENTS, setup: new ToolSetup({ setups, keys, gateway }), keys, gateway, machine, copilot: { group, host } };
}
