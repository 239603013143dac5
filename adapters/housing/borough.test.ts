import { councilBoroughSuite } from '../../test/agencies/council-borough.suite.ts';
import { startRunning } from '../../test/agencies/housing/fixture.ts';

councilBoroughSuite({
  agency: 'housing',
  name: 'housing',
  start: (holdings) => startRunning({ holdings }),
  missedMax: 0,
  callsMax: 4,
});
