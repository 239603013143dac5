import { z } from 'zod';

/** `AgencyCredentials` of test/agencies/five-agencies.ts as they cross from one process to another. */
export const credentialsSchema = z.strictObject({
  ca: z.string(),
  client: z.strictObject({ cert: z.string(), key: z.string() }),
  urls: z.strictObject({
    police: z.url(),
    probation: z.url(),
    housing: z.url(),
    health: z.url(),
    healthToken: z.url(),
    childrens: z.url(),
  }),
  probationKey: z.string(),
  housingToken: z.string(),
  childrensKey: z.string(),
  health: z.strictObject({
    signingKey: z.string(),
    kid: z.string(),
    clientId: z.string(),
    requestsPerSecond: z.number(),
  }),
});

/** What every process that plays a part of the gateway is opened with. */
export const standingSchema = z.strictObject({
  credentials: credentialsSchema,
  keysFolder: z.string(),
  policiesFolder: z.string(),
});
export type Standing = z.infer<typeof standingSchema>;
