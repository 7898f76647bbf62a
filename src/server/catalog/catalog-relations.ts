import { informationApplicableRoles } from './relations/information-schema-applicable-roles.ts';
import { informationCharacterSets } from './relations/information-schema-character-sets.ts';
import { informationCheckConstraints } from './relations/information-schema-check-constraints.ts';
import { informationColumns } from './relations/information-schema-columns.ts';
import { informationConstraintColumnUsage } from './relations/information-schema-constraint-column-usage.ts';
import { informationEnabledRoles } from './relations/information-schema-enabled-roles.ts';
import { informationInformationSchemaCatalogName } from './relations/information-schema-information-schema-catalog-name.ts';
import { informationKeyColumnUsage } from './relations/information-schema-key-column-usage.ts';
import { informationReferentialConstraints } from './relations/information-schema-referential-constraints.ts';
import { informationRoutines } from './relations/information-schema-routines.ts';
import { informationSchemata } from './relations/information-schema-schemata.ts';
import { informationSequences } from './relations/information-schema-sequences.ts';
import { informationTableConstraints } from './relations/information-schema-table-constraints.ts';
import { informationTables } from './relations/information-schema-tables.ts';
import { informationViews } from './relations/information-schema-views.ts';
import { pgAm } from './relations/pg-am.ts';
import { pgAttrdef } from './relations/pg-attrdef.ts';
import { pgAttribute } from './relations/pg-attribute.ts';
import { pgAuthMembers } from './relations/pg-auth-members.ts';
import { pgAuthid } from './relations/pg-authid.ts';
import { pgClass } from './relations/pg-class.ts';
import { pgCollation } from './relations/pg-collation.ts';
import { pgConstraint } from './relations/pg-constraint.ts';
import { pgDatabase } from './relations/pg-database.ts';
import { pgDescription } from './relations/pg-description.ts';
import { pgEnum } from './relations/pg-enum.ts';
import { pgExtension } from './relations/pg-extension.ts';
import { pgIndex } from './relations/pg-index.ts';
import { pgIndexes } from './relations/pg-indexes.ts';
import { pgLanguage } from './relations/pg-language.ts';
import { pgNamespace } from './relations/pg-namespace.ts';
import { pgOpclass } from './relations/pg-opclass.ts';
import { pgProc } from './relations/pg-proc.ts';
import { pgRange } from './relations/pg-range.ts';
import { pgRoles } from './relations/pg-roles.ts';
import { pgSequence } from './relations/pg-sequence.ts';
import { pgSequences } from './relations/pg-sequences.ts';
import { pgSettings } from './relations/pg-settings.ts';
import { pgStatActivity } from './relations/pg-stat-activity.ts';
import { pgStatAllTables } from './relations/pg-stat-all-tables.ts';
import { pgStatUserTables } from './relations/pg-stat-user-tables.ts';
import { pgTables } from './relations/pg-tables.ts';
import { pgTablespace } from './relations/pg-tablespace.ts';
import { pgType } from './relations/pg-type.ts';
import { pgShadow } from './relations/pg-shadow.ts';
import { pgUser } from './relations/pg-user.ts';
import { pgViews } from './relations/pg-views.ts';
import type { CatalogRelation } from './relation.ts';

/** The relations that have something to show; those of PostgreSQL that are not here are empty. */
export const CATALOG_RELATIONS: readonly CatalogRelation[] = [
  informationApplicableRoles,
  informationCharacterSets,
  informationCheckConstraints,
  informationColumns,
  informationConstraintColumnUsage,
  informationEnabledRoles,
  informationInformationSchemaCatalogName,
  informationKeyColumnUsage,
  informationReferentialConstraints,
  informationRoutines,
  informationSchemata,
  informationSequences,
  informationTableConstraints,
  informationTables,
  informationViews,
  pgAm,
  pgAttrdef,
  pgAttribute,
  pgAuthMembers,
  pgAuthid,
  pgClass,
  pgCollation,
  pgConstraint,
  pgDatabase,
  pgDescription,
  pgEnum,
  pgExtension,
  pgIndex,
  pgIndexes,
  pgLanguage,
  pgNamespace,
  pgOpclass,
  pgProc,
  pgRange,
  pgRoles,
  pgSequence,
  pgSequences,
  pgSettings,
  pgStatActivity,
  pgStatAllTables,
  pgStatUserTables,
  pgTables,
  pgTablespace,
  pgType,
  pgShadow,
  pgUser,
  pgViews,
];
