/** Remembers which provider and model minted a thinking signature. */
export class SignatureBook {}
