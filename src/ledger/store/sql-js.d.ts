/** The part of sql.js used here (https://sql.js.org/documentation/); the package brings no types. */
declare module 'sql.js' {
  export type SqlValue = number | string | Uint8Array | null;

  export interface Statement {
    bind(values?: readonly SqlValue[]): boolean;
    step(): boolean;
    get(): SqlValue[];
    run(values?: readonly SqlValue[]): void;
    reset(): void;
    free(): boolean;
  }

  export interface Database {
    /** Runs statements separated by `;`. */
    run(sql: string): Database;
    exec(sql: string): { columns: string[]; values: SqlValue[][] }[];
    prepare(sql: string): Statement;
    /** How many rows the last statement changed. */
    getRowsModified(): number;
    /** A copy of the file. Frees all prepared statements, and forgets pragmas of the connection. */
    export(): Uint8Array;
    close(): void;
  }

  export interface SqlJs {
    Database: new (bytes?: Uint8Array) => Database;
  }

  export default function initSqlJs(options: { wasmBinary: Uint8Array }): Promise<SqlJs>;
}
