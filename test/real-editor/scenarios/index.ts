import type { Scenario } from '../stage.ts';
import { addProvider } from './add-provider.ts';
import { agent } from './agent.ts';
import { bridge, bridgeConsent } from './bridge.ts';
import { dashboardChanges } from './dashboard/changes.ts';
import { dashboardLinks } from './dashboard/links.ts';
import { dashboardLooks } from './dashboard/looks.ts';
import { dashboard } from './dashboard/pages.ts';
import { dashboardStays } from './dashboard/stays.ts';
import { fallback } from './fallback.ts';
import { lmClient } from './lm-client.ts';
import { firstRun, looks } from './looks.ts';
import { nativeModel } from './native-model.ts';
import { smoke } from './smoke.ts';
import { spanish } from './spanish.ts';
import { stall } from './stall.ts';
import { copilotGroup, tools } from './tools.ts';
import { trees } from './trees.ts';
import { leaving, stranger, windows } from './windows.ts';

/** In the order in which they are played. */
export const SCENARIOS: readonly Scenario[] = [
  smoke,
  firstRun,
  addProvider,
  nativeModel,
  agent,
  lmClient,
  fallback,
  bridge,
  bridgeConsent,
  trees,
  tools,
  copilotGroup,
  dashboard,
  dashboardStays,
  dashboardLinks,
  dashboardChanges,
  windows,
  stranger,
  leaving,
  stall,
  spanish,
  looks,
  dashboardLooks,
];
