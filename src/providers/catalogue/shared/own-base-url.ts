import type { ProviderParameter } from '../../provider.ts';

/** The base URL a user enters for a host of his own. */
export const ownBaseUrl = (example: string): ProviderParameter => ({ name: 'baseUrl', label: 'Base URL', example });
