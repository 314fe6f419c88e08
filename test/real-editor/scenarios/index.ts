import type { Scenario } from '../stage.ts';
import { smoke } from './smoke.ts';

export const SCENARIOS: readonly Scenario[] = [smoke];
