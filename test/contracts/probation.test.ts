import { holdingOf, questionOf, startRunning } from '../agencies/probation/fixture.ts';
import { agencySourceSuite } from './agency-source.suite.ts';

agencySourceSuite('probation and prison', async () => {
  const running = await startRunning({
    holdings: [
      holdingOf({
        phones: [
          { number: '07700 900123', type: 'mobile', recordedAs: 'self' },
          { number: '07700 900777', type: 'mobile', recordedAs: 'partner' },
        ],
      }),
    ],
  });
  return {
    source: running.source,
    simulator: running.simulator,
    question: questionOf(),
    thirdPartyValues: ['020 7946 0456', 'Wilhelmina', '07700 900777'],
    stop: running.stop,
  };
});
