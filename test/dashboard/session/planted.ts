import { randomBytes } from 'node:crypto';
import type { Canary } from '../../gateway/canary-secrets.ts';
import type { DashboardHouse } from '../house.ts';

/** Places of a secret in the account that has the most of them. */
export interface Planted {
  canaries: Canary[];
  /** The account's id. */
  account: string;
}

/** Puts a marked secret wherever a user can put one, as a user does: by the admin API. */
export async function plantSecrets(house: DashboardHouse): Promise<Planted> {
  const canaries: Canary[] = [];
  const mark = (label: string, text = `${randomBytes(16).toString('hex')}7`): string => {
    canaries.push({ label, of: 'account', text });
    return text;
  };
  const { admin, gateway, providers } = house;
  mark('the key of the installation', gateway.key);
  const url = new URL(`${providers.good.url}/v1`);
  const { account } = await admin.addAccount({
    provider: 'openai-compatible',
    name: 'planted',
    prefix: 'planted',
    baseUrl: url.href,
    key: mark('key of an account'),
    test: false,
  });
  url.username = 'me';
  url.password = mark('password in a base URL');
  url.searchParams.set('token', mark('query of a base URL'));
  await admin.editAccount(account.id, {
    baseUrl: url.href,
    headers: { 'x-team-token': mark('header of an account') },
    proxy: `http://me:${mark('password of a proxy')}@127.0.0.1:9`,
    priority: 90,
  });
  mark('gateway key that was made', (await admin.addKey('made', {})).key);
  const [first] = await admin.keys();
  if (first) mark('gateway key that was made again', (await admin.rotateKey(first.id)).key);
  return { canaries, account: account.id };
}
