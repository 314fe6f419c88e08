/**
 * Why a backup or export cannot be used; nothing was changed.
 * - `damaged`     truncated, tampered with, or no such file at all
 * - `passphrase`  missing, wrong, or too short; a changed file looks the same as a wrong one
 * - `unsupported` of a newer version
 * - `not_found`   no copy of that name
 * - `too_large`   beyond what an export can hold
 */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: 'damaged' | 'passphrase' | 'unsupported' | 'not_found' | 'too_large';

  constructor(code: BackupError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
