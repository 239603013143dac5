import { z } from 'zod';
import { answerSchema } from '../../schemas/answer.ts';
import {
  caseChangeAnswerSchema,
  caseChangeRequestSchema,
  caseListAnswerSchema,
  caseListRequestSchema,
  caseOpenRequestSchema,
  caseViewAnswerSchema,
  caseViewRequestSchema,
  contactGapsAnswerSchema,
  contactGapsRequestSchema,
} from '../../schemas/case-request.ts';
import { PROBLEMS, problemSchema, type ProblemCode } from '../../schemas/problem.ts';
import { contactRequestSchema, disclosureRequestSchema } from '../../schemas/question.ts';
import {
  ledgerAnswerSchema,
  ledgerRequestSchema,
  reviewEntriesAnswerSchema,
  reviewEntriesRequestSchema,
  reviewListAnswerSchema,
  reviewListRequestSchema,
  reviewOpenRequestSchema,
  reviewStepAnswerSchema,
  reviewStepRequestSchema,
} from '../../schemas/review-request.ts';

/**
 * The OpenAPI 3.1 document, generated from the schemas that the routes themselves use: it cannot say anything else
 * than what runs. A test holds every route and every answer to it.
 */

type Json = Record<string, unknown>;

const SCHEMAS = {
  DisclosureRequest: disclosureRequestSchema,
  ContactRequest: contactRequestSchema,
  Answer: answerSchema,
  Problem: problemSchema,
  CaseListRequest: caseListRequestSchema,
  CaseListAnswer: caseListAnswerSchema,
  CaseViewRequest: caseViewRequestSchema,
  CaseViewAnswer: caseViewAnswerSchema,
  CaseOpenRequest: caseOpenRequestSchema,
  CaseChangeRequest: caseChangeRequestSchema,
  CaseChangeAnswer: caseChangeAnswerSchema,
  ContactGapsRequest: contactGapsRequestSchema,
  ContactGapsAnswer: contactGapsAnswerSchema,
  ReviewEntriesRequest: reviewEntriesRequestSchema,
  ReviewEntriesAnswer: reviewEntriesAnswerSchema,
  LedgerRequest: ledgerRequestSchema,
  LedgerAnswer: ledgerAnswerSchema,
  ReviewListRequest: reviewListRequestSchema,
  ReviewListAnswer: reviewListAnswerSchema,
  ReviewOpenRequest: reviewOpenRequestSchema,
  ReviewStepRequest: reviewStepRequestSchema,
  ReviewStepAnswer: reviewStepAnswerSchema,
} as const;
type SchemaName = keyof typeof SCHEMAS;

/** Problems by the steps that every question passes; a route adds none of its own. */
const QUESTION_PROBLEMS: readonly ProblemCode[] = [
  'body-not-json',
  'certificate-missing',
  'case-not-known',
  'role-may-not-claim',
  'request-replayed',
  'body-too-large',
  'body-wrong-content-type',
  'too-many-questions',
  'internal',
  'log-unavailable',
];

/** Builds the document for a gateway of the given version. */
export function openApiDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      summary: 'A secure multi-agency information-sharing gateway for domestic-abuse work in England and Wales',
      description:
        'Every request comes over mutual TLS with a registered certificate. Questions carry an access token bound to ' +
        'that certificate, issued for one purpose and one case. Problem codes: ' +
        `${Object.keys(PROBLEMS).join(', ')}.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ mutualTls: [], accessToken: [] }],
    paths: {
      '/v1/disclosures': {
        post: questionOperation('disclose', 'Ask for fields about the subject of a case', 'DisclosureRequest'),
      },
      '/v1/contact-requests': {
        post: questionOperation('contact', 'Ask how to reach the subject of an allocated case', 'ContactRequest'),
      },
      ...casePaths(),
      ...reviewPaths(),
      '/log/checkpoint': { get: logOperation('checkpoint', 'Newest checkpoint of the log (C2SP tlog-checkpoint)') },
      '/log/tile/{path}': { get: logOperation('tile', 'Tile of hashes (C2SP tlog-tiles)', 'application/octet-stream') },
      '/v1/receipts/{position}': { get: logOperation('receiptProof', 'Proof of one’s own receipt (C2SP tlog-proof)') },
      '/openapi.json': { get: openOperation('openapi', 'This document', { type: 'object' }) },
      '/v1/keys': { get: openOperation('keys', 'Public keys that answers are signed with (RFC 7517)', KEYS_SHAPE) },
      '/live': { get: healthOperation('live', 'Whether the process runs') },
      '/ready': { get: healthOperation('ready', 'Whether questions can be answered: log, registers and policy') },
    },
    components: {
      schemas: Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchemaOf(schema)])),
      securitySchemes: {
        mutualTls: { type: 'mutualTLS', description: 'A client certificate of the registered profile.' },
        accessToken: {
          type: 'oauth2',
          description: 'Client credentials, bound to the certificate (RFC 8705), with a purpose and a case (RFC 9396).',
          flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: {} } },
        },
      },
    },
  };
}

const casePaths = (): Json => ({
  '/v1/cases/list': {
    post: questionOperation('listCases', 'The cases of a worker or a panel', 'CaseListRequest', 'CaseListAnswer'),
  },
  '/v1/cases/view': {
    post: questionOperation('viewCase', 'One case, as far as it is theirs', 'CaseViewRequest', 'CaseViewAnswer'),
  },
  '/v1/cases/open': {
    post: questionOperation('openCase', 'Open a case from a MARAC referral', 'CaseOpenRequest', 'CaseChangeAnswer'),
  },
  '/v1/cases/change': {
    post: questionOperation('changeCase', 'Change a case', 'CaseChangeRequest', 'CaseChangeAnswer'),
  },
  '/v1/cases/contact-gaps': {
    post: questionOperation(
      'contactGaps',
      'How long it takes until somebody is reached',
      'ContactGapsRequest',
      'ContactGapsAnswer',
    ),
  },
});

const reviewPaths = (): Json => ({
  '/v1/review/entries': {
    post: questionOperation('searchLog', 'Search the access log', 'ReviewEntriesRequest', 'ReviewEntriesAnswer'),
  },
  '/v1/review/ledger': {
    post: questionOperation('ledger', 'What of the own agency went out', 'LedgerRequest', 'LedgerAnswer'),
  },
  '/v1/review/list': {
    post: questionOperation('reviews', 'What the own officers have to review', 'ReviewListRequest', 'ReviewListAnswer'),
  },
  '/v1/review/open': {
    post: questionOperation('openReview', 'Open a review', 'ReviewOpenRequest', 'ReviewStepAnswer'),
  },
  '/v1/review/step': {
    post: questionOperation('stepReview', 'Take a step of a review', 'ReviewStepRequest', 'ReviewStepAnswer'),
  },
});

const KEYS_SHAPE: Json = {
  type: 'object',
  required: ['keys'],
  properties: { keys: { type: 'array', items: { type: 'object', required: ['kty', 'kid'] } } },
};

const HEALTH_SHAPE: Json = {
  type: 'object',
  required: ['status'],
  additionalProperties: false,
  properties: {
    status: { enum: ['live', 'ready', 'not-ready'] },
    missing: { type: 'array', items: { enum: ['log', 'registers'] } },
  },
};

const refTo = (name: SchemaName): Json => ({ $ref: `#/components/schemas/${name}` });

function jsonSchemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'output',
    unrepresentable: 'any',
  });
  return rest;
}

function questionOperation(
  operationId: string,
  summary: string,
  request: SchemaName,
  answer: SchemaName = 'Answer',
): Json {
  return {
    operationId,
    summary,
    requestBody: { required: true, content: { 'application/json': { schema: refTo(request) } } },
    responses: {
      '200': {
        description: 'The answer. The log recorded it before it left.',
        headers: Object.fromEntries(
          ['content-digest', 'signature', 'signature-input'].map((name) => [
            name,
            { schema: { type: 'string' }, required: true },
          ]),
        ),
        content: { 'application/json': { schema: refTo(answer) } },
      },
      ...problemResponses(),
    },
  };
}

/** One response a status, since OpenAPI speaks of statuses; the code inside says which of them it is. */
function problemResponses(): Json {
  return Object.fromEntries(
    QUESTION_PROBLEMS.map((code) => {
      const status = PROBLEMS[code][0];
      const codes = Object.entries(PROBLEMS).flatMap(([name, [each]]) => (each === status ? [name] : []));
      return [
        String(status),
        {
          description: `One of: ${codes.join(', ')}`,
          content: { 'application/problem+json': { schema: refTo('Problem') } },
        },
      ];
    }),
  );
}

const openOperation = (operationId: string, summary: string, schema: Json): Json => ({
  operationId,
  summary,
  security: [{ mutualTls: [] }],
  responses: { '200': { description: summary, content: { 'application/json': { schema } } } },
});

const PARAMETERS: Readonly<Record<string, Json>> = {
  tile: { name: 'path', in: 'path', required: true, schema: { type: 'string', maxLength: 60 } },
  receiptProof: { name: 'position', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } },
};

/** Of the log itself: a certificate is enough, and nothing is signed but the checkpoint inside. */
function logOperation(operationId: string, summary: string, type = 'text/plain'): Json {
  const parameter = PARAMETERS[operationId];
  const problem = { 'application/problem+json': { schema: refTo('Problem') } };
  return {
    operationId,
    summary,
    security: [{ mutualTls: [] }],
    ...(parameter === undefined ? {} : { parameters: [parameter] }),
    responses: {
      '200': { description: summary, content: { [type]: { schema: {} } } },
      '401': { description: 'The certificate is not one of a registered agency', content: problem },
      '404': { description: 'There is none, or not for the caller', content: problem },
      '503': { description: 'The log cannot be read, or no checkpoint covers the entry yet', content: problem },
    },
  };
}

const healthOperation = (operationId: string, summary: string): Json => ({
  operationId,
  summary,
  security: [{ mutualTls: [] }],
  responses: {
    '200': { description: 'Yes', content: { 'application/json': { schema: HEALTH_SHAPE } } },
    '503': { description: 'No', content: { 'application/json': { schema: HEALTH_SHAPE } } },
  },
});
