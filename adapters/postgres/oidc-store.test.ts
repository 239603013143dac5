import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Adapter } from 'oidc-provider';
import type { Pool } from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { createOidcStore } from './oidc-store.ts';
import { createPool } from './pool.ts';

describe('store of the authorization server', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let tokens: Adapter;
  let sessions: Adapter;
  beforeAll(async () => {
    database = await freshDatabase();
    pool = createPool({ url: database.url, max: 2, connectWithinMs: 1_000, statementWithinMs: 1_000, name: 'test' });
    const store = createOidcStore(pool);
    tokens = store('AccessToken');
    sessions = store('Session');
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('finds what was stored, under its model only', async () => {
    await tokens.upsert('a', { jti: 'a', clientId: 'c' }, 60);
    expect(await tokens.find('a')).toEqual({ jti: 'a', clientId: 'c' });
    expect(await sessions.find('a')).toBeUndefined();
    await tokens.upsert('a', { jti: 'a', clientId: 'd' }, 60);
    expect(await tokens.find('a')).toEqual({ jti: 'a', clientId: 'd' });
  });

  it('finds by uid and user code', async () => {
    await sessions.upsert('s', { uid: 'u', jti: 's' }, 60);
    expect(await sessions.findByUid('u')).toEqual({ uid: 'u', jti: 's' });
    await tokens.upsert('d', { userCode: 'ABCD' }, 60);
    expect(await tokens.findByUserCode('ABCD')).toEqual({ userCode: 'ABCD' });
    expect(await sessions.findByUserCode('ABCD')).toBeUndefined();
  });

  it('does not find what has expired', async () => {
    await tokens.upsert('e', { jti: 'e' }, 0);
    expect(await tokens.find('e')).toBeUndefined();
    await tokens.upsert('for ever', { jti: 'f' });
    expect(await tokens.find('for ever')).toEqual({ jti: 'f' });
  });

  it('remembers that something was used, also when it is stored again', async () => {
    await tokens.upsert('once', { jti: 'once' }, 60);
    await tokens.consume('once');
    expect(await tokens.find('once')).toEqual({ jti: 'once', consumed: expect.any(Number) });
    await tokens.upsert('once', { jti: 'once' }, 60);
    expect(await tokens.find('once')).toHaveProperty('consumed');
  });

  it('destroys one, and all of a grant', async () => {
    await tokens.upsert('g1', { grantId: 'g' }, 60);
    await tokens.upsert('g2', { grantId: 'g' }, 60);
    await tokens.upsert('h1', { grantId: 'h' }, 60);
    await tokens.destroy('g1');
    expect(await tokens.find('g1')).toBeUndefined();
    await tokens.revokeByGrantId('g');
    expect(await tokens.find('g2')).toBeUndefined();
    expect(await tokens.find('h1')).toBeDefined();
  });
});
