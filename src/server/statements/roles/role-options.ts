import { SqlError } from '../../../errors.ts';
import type { Role, RoleFields } from '../../access/role.ts';
import { readVerifier, type ScramVerifier, scramVerifier } from '../../wire/auth/scram-verifier.ts';
import type { WordReader } from '../word-reader.ts';

type Fields = { -readonly [Name in keyof RoleFields]: RoleFields[Name] };
type Flag = 'superuser' | 'createDb' | 'createRole' | 'login';

const FLAGS: Readonly<Record<string, Flag>> = Object.freeze({
  SUPERUSER: 'superuser',
  CREATEDB: 'createDb',
  CREATEROLE: 'createRole',
  LOGIN: 'login',
});

/** What a role here cannot be, and is not. */
const NEVER: readonly string[] = Object.freeze(['REPLICATION', 'BYPASSRLS']);

/** The options of CREATE ROLE and ALTER ROLE up to the end. Throws SqlError. */
export function roleOptions(reader: WordReader): RoleFields {
  const fields: Fields = {};
  reader.accept('WITH');
  while (!reader.atEnd) option(reader, fields);
  return fields;
}

function option(reader: WordReader, fields: Fields): void {
  if (flag(reader, fields) || nothing(reader)) return;
  if (reader.accept('READ', 'ONLY')) fields.readOnly = true;
  else if (reader.accept('READ', 'WRITE')) fields.readOnly = false;
  else if (reader.accept('CONNECTION', 'LIMIT')) fields.connectionLimit = limit(reader);
  else if (reader.accept('VALID', 'UNTIL')) fields.validUntil = time(reader.string());
  else if (reader.accept('IN', 'ROLE') || reader.accept('IN', 'GROUP')) fields.memberOf = roleNames(reader);
  else if (reader.accept('ENCRYPTED', 'PASSWORD') || reader.accept('PASSWORD'))
    fields.verifier = password(reader);
  else throw reader.syntaxError();
}

function flag(reader: WordReader, fields: Fields): boolean {
  const found = Object.entries(FLAGS).find(([word]) => reader.accept(word));
  if (found !== undefined) fields[found[1]] = true;
  const denied = found === undefined && Object.entries(FLAGS).find(([word]) => reader.accept(`NO${word}`));
  if (denied) fields[denied[1]] = false;
  return found !== undefined || Boolean(denied);
}

/** Options that say what is so anyway. */
function nothing(reader: WordReader): boolean {
  const wanted = NEVER.find((word) => reader.accept(word));
  if (wanted !== undefined) throw new SqlError('0A000', `roles with ${wanted} are not supported`);
  if (reader.accept('NOINHERIT')) throw new SqlError('0A000', 'roles with NOINHERIT are not supported');
  return reader.accept('INHERIT') || NEVER.some((word) => reader.accept(`NO${word}`));
}

function limit(reader: WordReader): number | null {
  const count = Number(reader.value());
  if (!Number.isInteger(count) || count < -1) throw new SqlError('22023', 'invalid connection limit');
  return count === -1 ? null : count;
}

function time(text: string): Date | null {
  if (text.toLowerCase() === 'infinity') return null;
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  throw new SqlError('22007', `invalid input syntax for type timestamp with time zone: "${text}"`);
}

/** In plain text, or a verifier as psql's \password sends it. */
function password(reader: WordReader): ScramVerifier | null {
  if (reader.accept('NULL')) return null;
  const text = reader.string();
  if (text === '') return null;
  if (/^md5[0-9a-f]{32}$/.test(text)) {
    throw new SqlError('0A000', 'md5 passwords are not supported', {
      hint: "Set password_encryption to 'scram-sha-256' in the client, or give the password in plain text.",
    });
  }
  return readVerifier(text) ?? scramVerifier(text);
}

export function roleNames(reader: WordReader): readonly string[] {
  const names: string[] = [];
  do names.push(reader.name());
  while (reader.acceptSign(','));
  return names;
}

/** What a change of these options needs beyond CREATEROLE. */
export function needsSuperuser(role: Role | undefined, fields: RoleFields): boolean {
  return role?.superuser === true || fields.superuser === true || fields.memberOf !== undefined;
}
