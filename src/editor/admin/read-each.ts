import { createParser } from 'eventsource-parser';

/** What the server-sent events of a body tell, until it ends; rejects when it breaks off. What `read` does not understand is left out. */
export async function* readEach<T>(body: ReadableStream<Uint8Array>, read: (data: string) => T | undefined): AsyncGenerator<T> {
  let found: T[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      const one = read(data);
      if (one !== undefined) found.push(one);
    },
  });
  const decoder = new TextDecoder();
  for await (const piece of body) {
    parser.feed(decoder.decode(piece, { stream: true }));
    const ready = found;
    found = [];
    yield* ready;
  }
}
