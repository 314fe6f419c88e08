import * as l10n from '@vscode/l10n';
import type { FunctionComponent } from 'preact';
import type { PageId } from '../src/editor/dashboard/contract/place.ts';
import { Overview } from './pages/overview/index.tsx';

export interface PageInfo {
  id: PageId;
  /** A codicon. */
  icon: string;
  title(): string;
  /** Loaded when it is first shown. */
  load(): Promise<FunctionComponent> | FunctionComponent;
}

const page = (id: PageId, icon: string, title: () => string, load: PageInfo['load']): PageInfo => ({ id, icon, title, load });

/** The navigation, in its order. The first one is in the page's own script, so that it is there at once. */
export const PAGE_LIST: readonly PageInfo[] = [
  page(
    'overview',
    'home',
    () => l10n.t('Overview'),
    () => Overview,
  ),
  page(
    'providers',
    'server',
    () => l10n.t('Providers'),
    async () => (await import('./pages/providers/index.tsx')).Providers,
  ),
  page(
    'combos',
    'layers',
    () => l10n.t('Combos'),
    async () => (await import('./pages/combos/index.tsx')).Combos,
  ),
  page(
    'usage',
    'graph',
    () => l10n.t('Usage & Cost'),
    async () => (await import('./pages/usage/index.tsx')).Usage,
  ),
  page(
    'requests',
    'list-flat',
    () => l10n.t('Requests'),
    async () => (await import('./pages/requests/index.tsx')).Requests,
  ),
  page(
    'quota',
    'pie-chart',
    () => l10n.t('Quota'),
    async () => (await import('./pages/quota/index.tsx')).Quota,
  ),
  page(
    'health',
    'heart',
    () => l10n.t('Health'),
    async () => (await import('./pages/health/index.tsx')).Health,
  ),
  page(
    'tools',
    'tools',
    () => l10n.t('Tools'),
    async () => (await import('./pages/tools/index.tsx')).Tools,
  ),
  page(
    'logs',
    'output',
    () => l10n.t('Logs'),
    async () => (await import('./pages/logs/index.tsx')).Logs,
  ),
  page(
    'settings',
    'settings-gear',
    () => l10n.t('Settings'),
    async () => (await import('./pages/settings/index.tsx')).Settings,
  ),
];
