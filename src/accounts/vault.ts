/** Keeps secrets by name: SecretStorage in the editor, an encrypted file headless. Values never appear in errors. */
export interface Vault {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}
