import type { SimulatedResponse } from '../simulator.ts';

/** The service's errors: FHIR OperationOutcomes with a Spine code, as `GET /Patient` and `GET /Patient/{id}` list them. */

const SPINE = 'https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode';

const ISSUES = {
  ACCESS_DENIED: { status: 401, severity: 'error', code: 'forbidden', display: 'Access Denied' },
  ADDITIONAL_PROPERTIES: { status: 400, severity: 'error', code: 'invariant', display: 'Additional properties' },
  INVALIDATED_RESOURCE: { status: 404, severity: 'error', code: 'processing', display: 'Invalidated resource' },
  INVALID_RESOURCE_ID: { status: 400, severity: 'error', code: 'value', display: 'Resource Id is invalid' },
  INVALID_SEARCH_DATA: { status: 400, severity: 'error', code: 'value', display: 'Search data is invalid' },
  INVALID_VALUE: { status: 400, severity: 'error', code: 'value', display: 'Provided value is invalid' },
  MISSING_VALUE: { status: 400, severity: 'error', code: 'required', display: 'Required value is missing' },
  RESOURCE_NOT_FOUND: { status: 404, severity: 'information', code: 'not-found', display: 'Resource not found' },
  TOO_MANY_MATCHES: { status: 200, severity: 'information', code: 'multiple-matches', display: 'Too Many Matches' },
  TOO_MANY_REQUESTS: { status: 429, severity: 'error', code: 'throttled', display: 'Too Many Requests' },
  UNSUPPORTED_SERVICE: { status: 400, severity: 'error', code: 'processing', display: 'Unsupported Service' },
} as const;
export type SpineCode = keyof typeof ISSUES;

export interface SpineError {
  readonly code: SpineCode;
  readonly diagnostics?: string;
  /** Where the documented status is not the usual one, for example 403 INVALID_VALUE. */
  readonly status?: number;
}

/** The error as the service sends it. */
export function outcomeOf(error: SpineError, headers: Readonly<Record<string, string>> = {}): SimulatedResponse {
  const issue = ISSUES[error.code];
  return {
    status: error.status ?? issue.status,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    json: {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: issue.severity,
          code: issue.code,
          details: { coding: [{ system: SPINE, version: '1', code: error.code, display: issue.display }] },
          ...(error.diagnostics === undefined ? {} : { diagnostics: error.diagnostics }),
        },
      ],
    },
  };
}
