import type { Quirk } from '../provider.ts';
import { developerToSystem } from './developer-to-system.ts';
import { maxTokens } from './token-limit.ts';

/** What nearly every OpenAI-compatible host needs. */
export const compatibleHost: Quirk[] = [developerToSystem, maxTokens];
