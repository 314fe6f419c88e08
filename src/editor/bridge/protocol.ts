/** What the gateway's thread asks of the extension host: calls of the kind HTTP has, told apart by `id`. */
export type ToEditor =
  | { is: 'open'; id: number; method: 'GET' | 'POST'; path: string; body?: string }
  /** So many characters of the answer have been taken on: as many more may come. */
  | { is: 'taken'; id: number; chars: number }
  /** Nobody waits for the answer any more. */
  | { is: 'abort'; id: number };

/** What the extension host answers: one `head`, any `chunk`s, then `end`; or `failed` at any time. */
export type FromEditor =
  | { is: 'head'; id: number; status: number; headers: Record<string, string> }
  | { is: 'chunk'; id: number; text: string }
  | { is: 'end'; id: number }
  | { is: 'failed'; id: number; message: string }
  | { is: 'models-changed' };

/** An answer is at most so many characters ahead of who reads it. */
export const WINDOW_CHARS = 256 * 1024;
