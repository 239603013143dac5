import { join } from 'node:path';
import { z } from 'zod';
import { sayThroughPino } from '../../../deploy/say.ts';
import { startPartnership } from '../../agencies/partnership.ts';
import { castCases } from '../../population/cast-cases.ts';
import { demoCast } from '../../population/cast.ts';
import { serveParent } from '../parent.ts';
import { nthCase } from './many-cases.ts';

/**
 * The gateway under test as production starts it, with the agencies and the identity provider beside it in one process:
 * while pages that ask no agency are opened, these are idle.
 */

const openSchema = z.strictObject({
  url: z.string(),
  ownerUrl: z.string(),
  folder: z.string(),
  policiesFolder: z.string(),
  asOf: z.string(),
  cases: z.number(),
});

const AT_ONCE = 8;
let stop: () => Promise<void> = () => Promise.resolve();

serveParent(
  {
    open: async (told) => {
      const { url, ownerUrl, folder, policiesFolder, asOf, cases } = openSchema.parse(told);
      const partnership = await startPartnership({
        database: { url, ownerUrl },
        folder: join(folder, 'keys'),
        ...{ policiesFolder, asOf },
        holdings: demoCast(asOf).holdings,
        cases: castCases(asOf),
        healthRequestsPerSecond: 1_000,
        recordAsked: false,
        pages: {},
        gateway: { say: sayThroughPino() },
      });
      stop = () => partnership.stop();
      for (let n = 0; n < cases; n += AT_ONCE) {
        const next = Array.from({ length: Math.min(AT_ONCE, cases - n) }, (_, at) => nthCase(asOf, n + at));
        await Promise.all(next.map((each) => partnership.putCase(each)));
      }
      return { pagesUrl: partnership.pagesUrl, authorityPem: partnership.pki.authority.certificatePem };
    },
  },
  () => stop(),
);
