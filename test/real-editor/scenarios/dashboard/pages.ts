import { deepEqual, ok } from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { PROVIDER_KEY, TEST_KEY } from '../../config.ts';
import { Dashboard, TITLES } from '../../dashboard.ts';
import type { Scenario, Stage } from '../../stage.ts';
import { until } from '../../until.ts';
import type { EditorWindow } from '../../window.ts';
import { lived } from './life.ts';

const FIRST_PICTURE_MS = 300;
const TIMES = 4;

/** More where other jobs have the cores. */
const firstPictureMs = (): number => FIRST_PICTURE_MS * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

export const dashboard: Scenario = {
  name: 'dashboard',
  title: 'the dashboard: drawn in a moment, every page over real requests, nothing to complain of, no secret in it',
  run: async (stage) => {
    const { house, live } = await lived(stage);
    const window = await house.open();
    await house.gateway();
    await live();
    const secrets = [TEST_KEY, PROVIDER_KEY, await installationKey(window)];
    const page = await opened(window, stage);
    await page.listen();
    for (const title of TITLES) {
      await page.go(title);
      const content = await page.content();
      for (const secret of secrets) ok(!content.includes(secret), `${title} holds no secret`);
      equalRows(await page.frame.locator('.failure').allTextContents(), title);
    }
    await page.go('Requests');
    await page.frame.locator('.table-row', { hasText: 'best' }).first().click();
    await until('the waterfall has its attempts', async () => (await page.frame.locator('.waterfall-step').count()) >= 2);
    const content = await page.content();
    for (const secret of secrets) ok(!content.includes(secret), 'a request in full holds no secret');
    deepEqual(window.webviewComplaints, [], 'neither the page nor its content policy complains');
    deepEqual(
      house
        .log()
        .match(/^.*dashboard: .*$/gm)
        ?.filter((line) => !line.includes('[debug]')) ?? [],
      [],
      'neither end complains of the other',
    );
  },
};

function equalRows(failures: string[], title: string): void {
  deepEqual(failures, [], `nothing on ${title} has failed`);
}

/** Opens it several times over, since the first one finds the extension's files cold, and notes how long it took. */
async function opened(window: EditorWindow, { note }: Stage): Promise<Dashboard> {
  const sinceDocument: number[] = [];
  const sinceCommand: number[] = [];
  for (;;) {
    const chosen = await window.command('OmniRoute: Open Dashboard');
    const page = await Dashboard.in(window);
    const { sinceDocumentMs, epochMs } = await page.firstPicture();
    sinceDocument.push(Math.round(sinceDocumentMs));
    sinceCommand.push(Math.round(epochMs - chosen));
    if (sinceDocument.length === TIMES) {
      note(`first picture ${sinceDocument.join(', ')} ms after the start of its document, ${sinceCommand.join(', ')} ms after the command`);
      const most = firstPictureMs();
      ok(Math.min(...sinceDocument) < most, `no first picture within ${most} ms`);
      return page;
    }
    await window.closeEditor();
    await until('the dashboard is closed', () => page.frame.isDetached());
  }
}

/** The key that the installation made for itself. */
async function installationKey(window: EditorWindow): Promise<string> {
  await window.command('OmniRoute: Copy Gateway Key');
  return await until('the key is in the clipboard', async () => {
    const text = await window.page.evaluate<string>('navigator.clipboard.readText()');
    return text.startsWith('omr-') && text;
  });
}
