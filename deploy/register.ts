import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { createAccessRegistrar } from '../adapters/postgres/access-registrar.ts';
import { certificateInForce, checkCertificateProfile } from '../gateway/access/certificate-profile.ts';
import type { AccessRegistrar, RegistrarFault } from '../gateway/ports/access-register.ts';
import { agencyIdSchema, purposeSchema, requesterGroupSchema } from '../schemas/names.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { readSettingsFile } from './settings-file.ts';

/**
 * Tells the gateway which agencies may ask, with which certificates and which client systems. Under the owner's login:
 * the gateway itself can only read this register.
 */

const agenciesFileSchema = z.strictObject({
  agencies: z
    .array(
      z.strictObject({
        id: agencyIdSchema,
        name: z.string().min(1).max(120),
        group: requesterGroupSchema,
        /** PEM files, relative to this one. Old and new stand beside each other while one is renewed. */
        certificates: z.array(z.string().min(1).max(500)).max(20),
        clients: z
          .array(
            z.strictObject({
              id: z.string().regex(/^[A-Za-z][A-Za-z0-9._:/#-]{0,79}$/),
              purposes: z.array(purposeSchema).min(1).max(50),
              suspended: z.boolean().optional(),
            }),
          )
          .max(20),
      }),
    )
    .min(1)
    .max(500),
});
type AgencyEntry = z.infer<typeof agenciesFileSchema>['agencies'][number];

interface ReadAgency extends AgencyEntry {
  readonly presented: readonly { readonly thumbprint: string; readonly notAfter: Date }[];
}

/** Reads the file and every certificate it names. With one problem nothing is registered. */
export async function readAgenciesFile(file: string, now: Date): Promise<Result<readonly ReadAgency[], string[]>> {
  const said = await readSettingsFile(file, agenciesFileSchema, 'agencies');
  if (!said.ok) return said;
  const problems: string[] = [];
  const agencies: ReadAgency[] = [];
  for (const entry of said.value.agencies) {
    const presented = [];
    for (const name of entry.certificates) {
      const read = await readCertificate(resolve(dirname(file), name), entry.id, now);
      if (read.ok) presented.push(read.value);
      else problems.push(read.error);
    }
    agencies.push({ ...entry, presented });
  }
  return problems.length > 0 ? err(problems) : ok(agencies);
}

/** Checked with the profile of the door, so that nobody is registered who would be refused there. */
async function readCertificate(
  path: string,
  agency: string,
  now: Date,
): Promise<Result<ReadAgency['presented'][number], string>> {
  const pem = await readFile(path, 'utf8').catch(() => undefined);
  if (pem === undefined) return err(`${path} cannot be read.`);
  const der = derOf(pem);
  if (der === undefined) return err(`${path} is no certificate in PEM.`);
  const checked = checkCertificateProfile(der);
  if (!checked.ok) return err(`${path} does not follow the certificate profile (${checked.error}).`);
  const inForce = certificateInForce(checked.value, now);
  if (!inForce.ok) return err(`${path} is not in force (${inForce.error}).`);
  if (checked.value.sanUri !== `urn:agency:${agency}`) return err(`${path} is the certificate of another agency.`);
  return ok(checked.value);
}

function derOf(pem: string): Uint8Array | undefined {
  try {
    return new X509Certificate(pem).raw;
  } catch {
    return undefined;
  }
}

const FAULT_SENTENCES: Readonly<Record<RegistrarFault, string>> = {
  'register-unavailable': 'The database cannot be reached under this login.',
  'agency-unknown': 'There is no such agency in the register.',
  'certificate-unknown': 'There is no certificate with this thumbprint in the register.',
  'client-unknown': 'There is no such client in the register.',
  invalid: 'The register does not take a name or URI as it is written.',
};

/** Registers everything in the file. What the file leaves out stays as it is: taking away is a command of its own. */
export async function registerAgencies(
  ownerUrl: string,
  agencies: readonly ReadAgency[],
): Promise<Result<number, string>> {
  return withRegistrar(ownerUrl, async (registrar) => {
    for (const { id, name, group, presented, clients } of agencies) {
      const sanUri = `urn:agency:${id}`;
      const steps = [
        () => registrar.putAgency({ id, name, group, sanUri }),
        ...presented.map(
          ({ thumbprint, notAfter }) =>
            () =>
              registrar.putCertificate({ thumbprint, agency: id, notAfter: notAfter.toISOString() }),
        ),
        ...clients.map(
          (client) => () =>
            registrar.putClient({
              clientId: client.id,
              agency: id,
              sanUri,
              purposes: client.purposes,
              status: client.suspended === true ? 'suspended' : 'active',
            }),
        ),
      ];
      for (const step of steps) {
        const done = await step();
        if (!done.ok) return err(`${id}: ${FAULT_SENTENCES[done.error]}`);
      }
    }
    return ok(agencies.length);
  });
}

/** Revokes a certificate by its thumbprint, for good. Gateways follow within a second. */
export async function revokeCertificate(ownerUrl: string, thumbprint: string): Promise<Result<true, string>> {
  return withRegistrar(ownerUrl, async (registrar) => {
    const done = await registrar.revokeCertificate(thumbprint);
    return done.ok ? ok(true) : err(FAULT_SENTENCES[done.error]);
  });
}

/** Suspends a client system: its tokens are refused at the next request, until the agencies file is registered without it. */
export async function suspendClient(ownerUrl: string, clientId: string): Promise<Result<true, string>> {
  return withRegistrar(ownerUrl, async (registrar) => {
    const done = await registrar.suspendClient(clientId);
    return done.ok ? ok(true) : err(FAULT_SENTENCES[done.error]);
  });
}

async function withRegistrar<T>(ownerUrl: string, work: (registrar: AccessRegistrar) => Promise<T>): Promise<T> {
  const registrar = createAccessRegistrar({ ownerUrl });
  try {
    return await work(registrar);
  } finally {
    await registrar.close();
  }
}
