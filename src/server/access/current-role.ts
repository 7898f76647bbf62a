import type { Role } from './role.ts';

/** The role of a session now: ALTER ROLE is in force at the next statement. */
export type CurrentRole = () => Role;
