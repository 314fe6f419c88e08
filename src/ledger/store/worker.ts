import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import initSqlJs, { type SqlJs } from 'sql.js';
import { Book } from './book.ts';
import { recordOf } from './journal-line.ts';
import { openBook, saveFile } from './ledger-file.ts';
import type { Retention } from './retention.ts';
import type { CallName, Calls, FromLedgerWorker, ToLedgerWorker } from './worker-protocol.ts';

/** The ledger's own thread: neither a save nor a query holds up a stream. */

if (!parentPort) throw new Error("the ledger's worker runs as a worker thread");
const port = parentPort;
const send = (message: FromLedgerWorker): void => port.postMessage(message);

class LedgerThread {
  readonly #sql: SqlJs;
  #book: Book;
  #retention: Retention | undefined;

  constructor(sql: SqlJs) {
    this.#sql = sql;
    this.#book = new Book(sql);
  }

  readonly calls: { [Name in CallName]: (ask: Calls[Name]['ask']) => Promise<Calls[Name]['answer']> } = {
    open: async (ask) => {
      this.#retention = ask.retention;
      const { book, opened } = await openBook(this.#sql, ask);
      this.#book.close();
      this.#book = book;
      book.retain(ask.retention, ask.now);
      return opened;
    },
    usage: async (query) => this.#book.usage(query),
    requests: async (filter) => this.#book.requests(filter),
    count: async (filter) => this.#book.count(filter),
    request: async ({ id }) => this.#book.request(id),
    state: async () => {
      const { records, oldest, oldestDay } = this.#book;
      return { records, oldest, oldestDay };
    },
    checkpoint: async ({ folder, segment, now }) => {
      if (this.#retention) this.#book.retain(this.#retention, now);
      const bytes = this.#book.export(segment);
      await saveFile(folder, bytes);
      return { bytes: bytes.length };
    },
  };

  add(line: string): void {
    const record = recordOf(line);
    if (record) this.#book.add(record);
  }
}

/** Bundled, the WebAssembly file lies beside the script (esbuild.mjs puts it there); else it is in the package. */
function wasmBinary(): Uint8Array {
  const beside = new URL('./sql-wasm.wasm', import.meta.url);
  return readFileSync(existsSync(beside) ? beside : createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));
}

async function answer<Name extends CallName>(thread: LedgerThread, { call, id, ask }: { call: Name; id: number; ask: Calls[Name]['ask'] }) {
  try {
    send({ id, answer: await thread.calls[call](ask) });
  } catch (error) {
    send({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function hear(thread: LedgerThread, message: ToLedgerWorker): void {
  if ('close' in message) {
    port.close();
    return;
  }
  if ('call' in message) {
    void answer(thread, message);
    return;
  }
  try {
    thread.add(message.line);
  } catch (error) {
    send({ log: `A request could not be put into the ledger: ${error instanceof Error ? error.message : String(error)}` });
  }
}

const thread = new LedgerThread(await initSqlJs({ wasmBinary: wasmBinary() }));
port.on('message', (message: ToLedgerWorker) => hear(thread, message));
