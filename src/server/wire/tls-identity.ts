import { createHash, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

/** PEM texts. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  /** Signs the certificates of clients; null asks them for none. */
  readonly ca: string | null;
}

/** What the server shows on encrypted lines. Frozen. */
export interface TlsIdentity {
  readonly files: TlsFiles;
  readonly secureContext: SecureContext;
  /** What SCRAM-SHA-256-PLUS binds a proof to (RFC 5929, tls-server-end-point); null where the certificate has no such hash. */
  readonly endPoint: Buffer | null;
}

/** The identity in force: another one may be there for the next line. */
export interface TlsSource {
  current(): TlsIdentity;
}

/** Throws where the texts are no certificate and key that belong together. */
export function tlsIdentity(files: TlsFiles): TlsIdentity {
  const { cert, key, ca } = files;
  const secureContext = createSecureContext({ cert, key, ...(ca === null ? {} : { ca }) });
  return Object.freeze({ files, secureContext, endPoint: endPointOf(new X509Certificate(cert).raw) });
}

/** Hashes by the algorithm of the certificate's signature, as DER object identifiers in hex. MD5 and SHA-1 count as SHA-256. */
const HASHES: Readonly<Record<string, string>> = Object.freeze({
  '2a864886f70d010104': 'sha256',
  '2a864886f70d010105': 'sha256',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a864886f70d01010e': 'sha224',
  '2a8648ce3d0401': 'sha256',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
});

function endPointOf(certificate: Buffer): Buffer | null {
  const hash = HASHES[signatureAlgorithm(certificate)];
  return hash === undefined ? null : createHash(hash).update(certificate).digest();
}

/** Certificate ::= SEQUENCE { tbsCertificate, SEQUENCE { algorithm OID, … }, … } */
function signatureAlgorithm(certificate: Buffer): string {
  const whole = element(certificate, 0);
  const signed = element(certificate, whole.start);
  const algorithm = element(certificate, signed.end);
  const oid = element(certificate, algorithm.start);
  return certificate.subarray(oid.start, oid.end).toString('hex');
}

/** Where the contents of a DER element begin and end. */
function element(bytes: Buffer, at: number): { readonly start: number; readonly end: number } {
  const short = bytes.readUInt8(at + 1);
  if (short < 0x80) return { start: at + 2, end: at + 2 + short };
  const count = short & 0x7f;
  const start = at + 2 + count;
  return { start, end: start + bytes.readUIntBE(at + 2, count) };
}

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The common name of a client's certificate, where one of the CA's has signed it and it is in force; else null. Node
 * looks into this for the sockets of its own servers alone.
 */
export function certificateName(shown: X509Certificate | undefined, ca: string | null): string | null {
  if (shown === undefined || ca === null) return null;
  const issuers = (ca.match(PEM) ?? []).map((pem) => new X509Certificate(pem));
  const signed = issuers.some((issuer) => shown.checkIssued(issuer) && shown.verify(issuer.publicKey));
  const now = Date.now();
  const inForce = Date.parse(shown.validFrom) <= now && now <= Date.parse(shown.validTo);
  return signed && inForce ? (/^CN=(.*)$/m.exec(shown.subject)?.[1] ?? null) : null;
}
