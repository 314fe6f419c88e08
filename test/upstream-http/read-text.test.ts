import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readText, TooLarge } from '../../src/upstream/read-text.ts';

describe('readText', () => {
  it('reads characters that were cut in two', async () => {
    const bytes = Buffer.from('é🙂');
    expect(await readText(Readable.from([...bytes].map((byte) => Buffer.from([byte]))))).toBe('é🙂');
  });

  it('fails past the limit, or gives what it has', async () => {
    await expect(readText(Readable.from([Buffer.alloc(10), Buffer.alloc(10)]), { maxBytes: 15 })).rejects.toBeInstanceOf(TooLarge);
    expect(await readText(Readable.from([Buffer.from('0123456789'), Buffer.alloc(10)]), { maxBytes: 15, past: 'cut' })).toBe('0123456789');
  });

  it('does not wait for a body that was closed or broken', async () => {
    const closed = new PassThrough();
    const reading = readText(closed);
    closed.write('half');
    closed.destroy();
    await expect(reading).rejects.toThrow('closed before its end');
    const broken = new PassThrough();
    const failing = readText(broken);
    broken.destroy(new Error('reset'));
    await expect(failing).rejects.toThrow('reset');
  });
});
