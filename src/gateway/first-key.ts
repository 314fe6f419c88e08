/** The name of the key made at the first start. */
export const FIRST_KEY = 'default';
/** Where the vault keeps that key itself, so that it can be shown again. */
export const FIRST_KEY_SECRET = 'gateway-key/default';
