import type { GatewaySide } from '../../clients/tool-setup.ts';
import type { AdminApi } from '../admin/api.ts';
import type { Link } from '../link/link.ts';
import type { Live } from '../live/snapshot.ts';

interface From {
  admin: Pick<AdminApi, 'models' | 'explain' | 'requests'>;
  link: Pick<Link, 'state'>;
  live: Pick<Live, 'snapshot'>;
  /** The port the user wants: where the gateway will listen while it does not yet. */
  port: number;
}

/** What tools are told of the gateway of this editor. Questions wait for it. */
export function gatewaySide({ admin, link, live, port }: From): GatewaySide {
  return {
    get origin() {
      return link.state.is === 'ready' ? link.state.url : `http://127.0.0.1:${port}`;
    },
    get running() {
      return link.state.is === 'ready';
    },
    models: async () => {
      // With the catalogue of providers, which nobody needs before.
      const [models, { toolModels }] = await Promise.all([admin.models(), import('../../routing/tool-models.ts')]);
      return toolModels(models);
    },
    check: async (model) => void (await admin.explain({ model })),
    lastSeen: async (keyName) => {
      const seen = live.snapshot.requests.find(({ key }) => key === keyName)?.startedAt;
      return seen ?? (await admin.requests({ key_name: keyName, limit: '1' })).at(-1)?.at;
    },
  };
}
