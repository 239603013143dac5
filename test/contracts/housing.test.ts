import { HER_MOBILE, herHolding, holdingOf, questionOf, startRunning } from '../agencies/housing/fixture.ts';
import { agencySourceSuite } from './agency-source.suite.ts';

agencySourceSuite('housing', async () => {
  const running = await startRunning({
    holdings: [
      holdingOf({
        others: [{ citizen: 'c2', as: 'wife', name: { given: 'Wilhelmina', family: 'Thorne' }, phones: [HER_MOBILE] }],
        tenancy: { reference: 'RVT000123', type: 'Secure', from: '2021-06-01', jointWith: 'c2' },
      }),
      herHolding(),
    ],
  });
  return {
    source: running.source,
    simulator: running.simulator,
    question: questionOf(),
    thirdPartyValues: [HER_MOBILE, 'Wilhelmina', 'Thorne', 'mina@example.org', '1987-08-09'],
    stop: running.stop,
  };
});
