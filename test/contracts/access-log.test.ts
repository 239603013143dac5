import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { freshDatabase } from '../database.ts';
import { createMemoryAccessLog } from '../memory-access-log.ts';
import { describeAccessLog } from './access-log.suite.ts';

describeAccessLog('PostgreSQL', async () => {
  const database = await freshDatabase();
  const log = createPostgresAccessLog({ url: database.url, leaves: entryLeaves });
  const release = async () => {
    await log.close();
    await database.drop();
  };
  return { log, another: () => createPostgresAccessLog({ url: database.url, leaves: entryLeaves }), release };
});

describeAccessLog('in memory, for tests', () => {
  const log = createMemoryAccessLog();
  return Promise.resolve({ log, another: () => log.another(), release: () => log.close() });
});
