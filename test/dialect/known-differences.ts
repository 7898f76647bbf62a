/** Statements whose outcome differs from PostgreSQL's, and why. A test fails when one no longer does. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {};
