// For whoever builds the dashboard: `node test/dashboard/serve.ts [port] [records] [--fresh]` serves it, with a gateway that was used,
// at http://127.0.0.1:PORT/?page=requests&theme=light. Each reload builds the page anew.

import { dashboardHouse } from './house.ts';
import { buildablePage } from './page.ts';
import { servePage } from './server.ts';

const [port = '20190', records = '2000'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const house = await dashboardHouse({
  records: Number(records),
  fresh: process.argv.includes('--fresh'),
  tools: !process.argv.includes('--fresh'),
});
const pages: (() => Promise<void>)[] = [];
const folder = async (): Promise<string> => {
  const { folder: built, remove } = await buildablePage();
  pages.push(remove);
  return built;
};
const server = await servePage({ folder, deps: house.deps, port: Number(port) });
console.log(`${server.url}/?page=overview&theme=dark   gateway ${house.gateway.url}`);
process.once('SIGINT', async () => {
  await server.close();
  await house.close();
  for (const remove of pages) await remove();
});
