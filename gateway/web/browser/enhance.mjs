import { Button, CharacterCount, ErrorSummary, Radios, SkipLink, createAll } from 'govuk-frontend';

/** Only what makes a working page better; every page works without. */
for (const component of [Button, CharacterCount, ErrorSummary, Radios, SkipLink]) createAll(component);
