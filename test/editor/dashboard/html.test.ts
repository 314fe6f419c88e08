import { describe, expect, it } from 'vitest';
import { type Boot, bootSchema } from '../../../src/editor/dashboard/contract/messages.ts';
import { failureHtml } from '../../../src/editor/dashboard/failure-html.ts';
import { pageHtml } from '../../../src/editor/dashboard/html.ts';

const BOOT: Boot = {
  id: 'of-a-test',
  place: { page: 'overview' },
  locale: 'en',
  texts: {},
  version: '1.2.3',
  placement: 'tab',
  slices: {},
};

const page = (boot: Partial<Boot> = {}): string =>
  pageHtml({
    boot: { ...BOOT, ...boot },
    nonce: 'N0nce',
    source: "'self' https://*.vscode-cdn.net",
    script: 'https://files/main.js?a=1&b="2"',
    style: 'https://files/style.css',
  });

const decoded = (text: string): string => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** What the page reads on start. */
const bootOf = (html: string): unknown => JSON.parse(/id="boot">(.*)<\/script>/.exec(html)?.[1] ?? '');

describe('the page around the script', () => {
  it('may load its own files and nothing else, run what has the nonce, and send nothing', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page()) ?? [];
    expect(decoded(policy)).toBe(
      "default-src 'none'; script-src 'nonce-N0nce'; style-src 'self' https://*.vscode-cdn.net; font-src 'self' https://*.vscode-cdn.net; base-uri 'none'; form-action 'none'",
    );
    expect(policy).not.toMatch(/unsafe|\bdata:|\bblob:/);
  });

  it('has two scripts: data, and the module with the nonce; no handler and no style in the markup', () => {
    const tags = [...page().matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(tags).toEqual([
      '<script type="application/json" id="boot">',
      '<script type="module" nonce="N0nce" src="https://files/main.js?a=1&#38;b=&#34;2&#34;">',
    ]);
    expect(page()).not.toMatch(/\son\w+=|\sstyle=|<style|javascript:/i);
  });

  it('names what the script needs, with the nonce that lets it be loaded', () => {
    const html = pageHtml({ boot: BOOT, nonce: 'n', source: 's', script: 'main.js', preload: ['a.js?"', 'b.js'], style: 'style.css' });
    expect([...html.matchAll(/<link rel="modulepreload"[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<link rel="modulepreload" nonce="n" href="a.js?&#34;">',
      '<link rel="modulepreload" nonce="n" href="b.js">',
    ]);
  });

  it('keeps data that looks like markup data', () => {
    const name = '</script><script>alert(1)</script><!-- <SCRIPT ';
    const html = page({ slices: { fallback: { requested: name, target: 't', account: 'a', at: 1 } }, texts: { a: name } });
    expect([...html.matchAll(/<\/?script/gi)]).toHaveLength(4);
    expect(html).not.toContain('<!--');
    expect(bootOf(html)).toMatchObject({ slices: { fallback: { requested: name } }, texts: { a: name } });
  });

  it('says its language and name, and takes neither for markup', () => {
    expect(page({ locale: 'es' })).toContain('<html lang="es">');
    expect(page({ locale: '"><img src=x>' })).not.toContain('<img');
    expect(page()).toContain('<title>OmniRoute</title>');
  });

  it('starts with what the schema knows, and with nothing beside it', () => {
    const extra = { ...BOOT, key: 'omr-not-for-the-page' } as Boot;
    const html = pageHtml({ boot: extra, nonce: 'n', source: 's', script: 'a', style: 'b' });
    expect(html).not.toContain('omr-not-for-the-page');
    expect(bootSchema.safeParse(bootOf(html)).success).toBe(true);
  });
});

it('when it cannot be shown, words stand there that are nothing but words', () => {
  const html = failureHtml('<b onclick="x()">Cannot find ./chunk</b>');
  expect(html).toContain('content="default-src \'none\'"');
  expect(html).not.toContain('<b onclick');
  expect(decoded(html)).toContain('Cannot find ./chunk');
});
