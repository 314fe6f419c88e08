import { config as configureTexts } from '@vscode/l10n';
import { render } from 'preact';
import * as z from 'zod';
import { bootSchema } from '../src/editor/dashboard/contract/messages.ts';
import { useLocale } from '../src/editor/format/index.ts';
import { MessageHost, type VsCodeApi } from './host/message-host.ts';
import { Store } from './host/store.ts';
import { Root } from './root.tsx';

declare function acquireVsCodeApi(): VsCodeApi;

// The page may not make code from text, and zod would try.
z.config({ jitless: true });

const boot = bootSchema.parse(JSON.parse(document.getElementById('boot')?.textContent ?? '{}'));
configureTexts({ contents: boot.texts });
useLocale(boot.locale);
const host = new MessageHost(acquireVsCodeApi(), boot);
window.addEventListener('error', ({ message }) => host.failed(message));
window.addEventListener('unhandledrejection', ({ reason }) => host.failed(String(reason)));
const store = new Store();
store.take(boot.slices);
host.onSlices((slices) => store.take(slices));
const root = document.getElementById('root');
if (root) {
  root.replaceChildren();
  render(<Root host={host} store={store} />, root);
  // After the frame in which it is drawn first: what the time to the first picture is measured by.
  requestAnimationFrame(() => setTimeout(() => performance.mark('first-picture')));
}
