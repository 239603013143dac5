import type { Agency } from '../../schemas/case.ts';
import type { AgencyId, IsoInstant, Purpose } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/** The port of the access register: which agencies, certificates and clients there are, and which no longer. */

export interface RegisteredCertificate {
  /** SHA-256 of the certificate in DER, base64url (RFC 8705 `x5t#S256`). */
  readonly thumbprint: string;
  readonly agency: AgencyId;
  readonly status: 'active' | 'revoked';
  readonly notAfter: IsoInstant;
}

export interface RegisteredClient {
  readonly clientId: string;
  readonly agency: AgencyId;
  /** The URI that the client's certificate must carry, `urn:agency:<id>`. */
  readonly sanUri: string;
  /** Purposes that this system may claim at all; policy narrows them by role and fact. */
  readonly purposes: readonly Purpose[];
  readonly status: 'active' | 'suspended';
}

/** The register as last read. A look-up costs no query; what is not in a map does not exist. */
export interface AccessSnapshot {
  readonly agencies: ReadonlyMap<AgencyId, Agency>;
  readonly certificates: ReadonlyMap<string, RegisteredCertificate>;
  readonly clients: ReadonlyMap<string, RegisteredClient>;
  /** Grows with every change of the register; -1 before the first read. */
  readonly revision: number;
  /** Not confirmed for longer than allowed: a revocation may have been missed, so the caller must refuse (P2). */
  readonly stale: boolean;
}

export interface AccessRegister {
  /** Synchronous, for every request, also on connections that were open before a revocation. */
  snapshot(): AccessSnapshot;
  /** Called after each change, for example to close the sockets of a certificate that was revoked. Returns the way to stop. */
  onChange(listener: (snapshot: AccessSnapshot) => void): () => void;
  /** Stops following and releases the connection. Safe to call twice. */
  close(): Promise<void>;
}

/** `invalid`: a name or URI is not of the shape the register takes. */
export type RegistrarFault =
  'register-unavailable' | 'agency-unknown' | 'certificate-unknown' | 'client-unknown' | 'invalid';

/** Changes the register. Runs under the owner's login: the gateway itself can only read. */
export interface AccessRegistrar {
  putAgency(agency: Agency): Promise<Result<void, RegistrarFault>>;
  /** A revoked certificate stays revoked: registering it again changes nothing. */
  putCertificate(certificate: Omit<RegisteredCertificate, 'status'>): Promise<Result<void, RegistrarFault>>;
  revokeCertificate(thumbprint: string): Promise<Result<void, RegistrarFault>>;
  putClient(client: RegisteredClient): Promise<Result<void, RegistrarFault>>;
  suspendClient(clientId: string): Promise<Result<void, RegistrarFault>>;
}
