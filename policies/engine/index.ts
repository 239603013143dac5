/** The policy engine: what may be shared, decided field by field. Pure: no clock, no files, no network. */
export { loadBundle } from './load.ts';
export { decide } from './decide.ts';
export { interpret } from './interpret.ts';
export { uniteObligations } from './obligations.ts';
export { CASE_FACTS, dimensionsOf, FACT_DIMENSIONS, readFact } from './dimensions.ts';
export type { Dimensions, FactDimension, FactValue } from './dimensions.ts';
export { mayClaim } from './claim.ts';
export type { ClaimRefusal } from './claim.ts';
export { transformTo } from './transform.ts';
export { transformContact } from './transform-contact.ts';
export type { CatalogueField, PolicyBundle } from './bundle.ts';
export type { PolicyFile } from './read-files.ts';
export type { PolicyProblem } from './problem.ts';
export type { TransformKind } from './language.ts';
export { areTwo, factsFor } from './recorded.ts';
export type { Asker } from './recorded.ts';
export { basisFor } from './bases.ts';
export type { Controller, Sharing, StatedBasis } from './bases.ts';
