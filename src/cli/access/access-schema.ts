import { z } from 'zod';
import {
  ACCESS_METHODS,
  type AccessRule,
  CONNECTION_TYPES,
  isAddress,
} from '../../server/access/access-rule.ts';
import { type Role, roleOf } from '../../server/access/role.ts';
import { knownSetting } from '../../server/session/known-settings.ts';
import { readVerifier, verifierText } from '../../server/wire/auth/scram-verifier.ts';

const names = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value))
  .transform((list) => (list.includes('all') ? null : list));

const ruleShape = z.strictObject({
  type: z.enum(CONNECTION_TYPES).default('host'),
  database: names.default(null),
  user: names.default(null),
  address: z.string().refine(isAddress, 'is no address: give "all", an address, or a network as 10.0.0.0/8'),
  method: z.enum(ACCESS_METHODS),
});

const settingsShape = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .superRefine((settings, context) => {
    for (const [name, value] of Object.entries(settings)) {
      const problem = settingProblem(name, String(value));
      if (problem !== null) context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });

const roleShape = z.strictObject({
  password: z
    .string()
    .refine((text) => readVerifier(text) !== null, 'is no verifier: "rvbbit role create" makes one')
    .optional(),
  tokens: z.array(z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 of a token')).default([]),
  login: z.boolean().default(true),
  superuser: z.boolean().default(false),
  create_role: z.boolean().default(false),
  create_db: z.boolean().default(false),
  read_only: z.boolean().default(false),
  connection_limit: z.int().min(0).nullable().default(null),
  valid_until: z
    .union([z.date(), z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time')])
    .optional(),
  databases: z.array(z.string()).nullable().default(null),
  member_of: z.array(z.string()).default([]),
  settings: settingsShape.default({}),
});

export const accessShape = z.strictObject({
  rules: z.array(ruleShape).nullable().default(null),
  roles: z.record(z.string().min(1).max(63), roleShape.nullable()).nullable().default(null),
});

export type AccessDocument = z.output<typeof accessShape>;
type RoleDocument = NonNullable<NonNullable<AccessDocument['roles']>[string]>;

export function rulesOf({ rules }: AccessDocument): readonly AccessRule[] | null {
  if (rules === null) return null;
  return Object.freeze(
    rules.map(({ type, database, user, address, method }) =>
      Object.freeze({ type, databases: database, users: user, address, method }),
    ),
  );
}

export function rolesOf({ roles }: AccessDocument): readonly Role[] {
  return Object.entries(roles ?? {}).map(([name, fields]) => roleFrom(name, fields ?? roleShape.parse({})));
}

function roleFrom(name: string, fields: RoleDocument): Role {
  const { password, valid_until: until } = fields;
  return roleOf(name, {
    login: fields.login,
    superuser: fields.superuser,
    createRole: fields.create_role,
    createDb: fields.create_db,
    readOnly: fields.read_only,
    connectionLimit: fields.connection_limit,
    validUntil: until === undefined ? null : new Date(until),
    verifier: password === undefined ? null : readVerifier(password),
    tokens: fields.tokens,
    databases: fields.databases,
    memberOf: fields.member_of,
    settings: new Map(
      Object.entries(fields.settings).map(([key, value]) => [key.toLowerCase(), String(value)]),
    ),
  });
}

/** A role as the file has it: what is at its default is left out. */
export function documentOf(role: Role): Readonly<Record<string, unknown>> {
  return Object.freeze({
    ...(role.verifier === null ? {} : { password: verifierText(role.verifier) }),
    ...(role.tokens.length === 0 ? {} : { tokens: role.tokens }),
    ...(role.login ? {} : { login: false }),
    ...(role.superuser ? { superuser: true } : {}),
    ...(role.createRole ? { create_role: true } : {}),
    ...(role.createDb ? { create_db: true } : {}),
    ...(role.readOnly ? { read_only: true } : {}),
    ...(role.connectionLimit === null ? {} : { connection_limit: role.connectionLimit }),
    ...(role.validUntil === null ? {} : { valid_until: role.validUntil.toISOString() }),
    ...(role.databases === null ? {} : { databases: role.databases }),
    ...(role.memberOf.length === 0 ? {} : { member_of: role.memberOf }),
    ...(role.settings.size === 0 ? {} : { settings: Object.fromEntries(role.settings) }),
  });
}

function settingProblem(name: string, value: string): string | null {
  const setting = knownSetting(name);
  if (setting === undefined) return 'is no setting: SHOW ALL lists them';
  try {
    setting.normalize(value);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
