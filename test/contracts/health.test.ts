import { holdingOf, questionOf, startPair } from '../agencies/health/under-test.ts';
import { agencySourceSuite } from './agency-source.suite.ts';

agencySourceSuite('health', async () => {
  const pair = await startPair({ holdings: [holdingOf()] });
  return { ...pair, question: questionOf(), thirdPartyValues: ['07700900222'] };
});
