import { CHILDS_MOBILE, HER_MOBILE, questionOf, startRunning } from '../agencies/childrens/fixture.ts';
import { agencySourceSuite } from './agency-source.suite.ts';

agencySourceSuite('children’s services', async () => {
  const running = await startRunning();
  return {
    source: running.source,
    simulator: running.simulator,
    question: questionOf(),
    thirdPartyValues: [
      HER_MOBILE,
      CHILDS_MOBILE,
      'Wilhelmina',
      'Thorne',
      'Primrose',
      '9 Yarrow Lane',
      'ZE7 3CD',
      'mina@example.org',
      'primrose@example.org',
      '2015-09-17',
      '9990000018',
    ],
    stop: running.stop,
  };
});
