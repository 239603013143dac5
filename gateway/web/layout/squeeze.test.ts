import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import { readAssets, serveAssets } from './assets.ts';
import { maySqueeze, squeezed } from './squeeze.ts';

const page = `<p>Ændringer – ${'a row of a table '.repeat(200)}</p>`;

describe('a squeezed page', () => {
  it('unpacks to itself, whatever name it was given', () => {
    for (let length = 0; length < 256; length += 1) {
      const small = squeezed(page, () => Uint8Array.of(length));
      expect(small === undefined ? '' : gunzipSync(small).toString('utf8')).toBe(page);
    }
  });

  it('has another length each time, so that a byte less tells nobody what is in it', () => {
    const lengths = new Set(Array.from({ length: 200 }, () => squeezed(page)?.length));
    expect(lengths.size).toBeGreaterThan(30);
  });

  it('is never what another site asked for', () => {
    const sites = ['same-origin', 'none', 'same-site', 'cross-site', '', undefined];
    expect(sites.filter(maySqueeze)).toEqual(['same-origin', 'none']);
  });

  it('is left as it is where it is short already', () => {
    expect(squeezed('<p>Not found</p>')).toBeUndefined();
  });
});

describe('what was built', () => {
  const assets = readAssets();
  const app = express().use('/assets', serveAssets());
  const paths = assets.ok ? [...assets.value.values()] : [];

  it('is served in each form, and of each it is the same file', async () => {
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) {
      const plain = await supertest(app).get(path).set('accept-encoding', 'identity');
      const whole = plain.text;
      expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
      expect(plain.headers['cache-control']).toContain('immutable');
      for (const form of ['gzip', 'br']) {
        const small = await supertest(app).get(path).set('accept-encoding', form);
        expect(small.headers['content-encoding']).toBe(form);
        expect(small.text).toBe(whole);
      }
    }
  });

  it.each(['/assets/manifest.json', '/assets/', '/assets/..%2flayout/assets.ts', '/assets/govuk.css', '/assets/%00'])(
    'and %s is no part of it',
    async (path) => {
      expect((await supertest(app).get(path)).status).toBe(404);
    },
  );
});
