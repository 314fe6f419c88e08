/** What the ledger calls requests that the extension itself makes: tests of combos, trying it out. */
export const OWN_CLIENT = 'OmniRoute';
