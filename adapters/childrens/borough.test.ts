import { councilBoroughSuite } from '../../test/agencies/council-borough.suite.ts';
import { startRunning } from '../../test/agencies/childrens/fixture.ts';

councilBoroughSuite({
  agency: 'childrens',
  name: 'children’s services',
  start: (holdings) => startRunning({ holdings }),
  // One whose child has another name, at an address that the question does not know.
  missedMax: 1,
  callsMax: 8,
});
