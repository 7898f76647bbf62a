import { DataTypes, type ModelStatic, type Model, QueryTypes, Sequelize } from 'sequelize';
import { type Driver, type DriverSession, type Row } from './driver.ts';

/** Sequelize: `sync` makes the tables and looks in the catalogue at what there is. */
class SequelizeSession implements DriverSession {
  readonly #everything: ModelStatic<Model>;
  readonly #numbers: ModelStatic<Model>;

  constructor(private readonly db: Sequelize) {
    const options = { timestamps: false, freezeTableName: true };
    this.#everything = db.define(
      'everything',
      {
        id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true },
        b: DataTypes.BOOLEAN,
        i2: DataTypes.SMALLINT,
        i4: DataTypes.INTEGER,
        i8: DataTypes.BIGINT,
        f4: DataTypes.REAL,
        f8: DataTypes.DOUBLE,
        n: DataTypes.DECIMAL(12, 3),
        t: DataTypes.TEXT,
        v: DataTypes.STRING(20),
        y: DataTypes.BLOB,
        d: DataTypes.DATEONLY,
        ti: DataTypes.TIME,
        ts: 'TIMESTAMP',
        tz: DataTypes.DATE,
        iv: 'INTERVAL',
        u: DataTypes.UUID,
        j: DataTypes.JSON,
        jb: DataTypes.JSONB,
        ia: DataTypes.ARRAY(DataTypes.INTEGER),
        ta: DataTypes.ARRAY(DataTypes.TEXT),
      },
      options,
    );
    this.#numbers = db.define('numbers', { n: { type: DataTypes.INTEGER, primaryKey: true } }, options);
  }

  async migrate(): Promise<void> {
    await this.db.authenticate();
    await this.db.sync({ alter: false });
    const described = await this.db.getQueryInterface().describeTable('everything');
    if (described['id']?.primaryKey !== true) throw new Error('the primary key is not seen');
  }

  async insert(row: Row): Promise<void> {
    await this.#everything.create(row as Record<string, never>);
  }

  everything(): Promise<readonly Row[]> {
    return this.#everything.findAll({ order: ['id'], raw: true }) as unknown as Promise<readonly Row[]>;
  }

  rows(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    return this.db.query<Row>(sql, { bind: [...parameters], type: QueryTypes.SELECT });
  }

  async *pages(size: number): AsyncIterable<readonly number[]> {
    for (let offset = 0; ; offset += size) {
      const { rows, count } = await this.#numbers.findAndCountAll({
        order: ['n'],
        limit: size,
        offset,
        raw: true,
      });
      if (rows.length === 0) return;
      if (count < offset + rows.length) throw new Error(`${count} rows were counted`);
      yield rows.map((row) => (row as unknown as { n: number }).n);
    }
  }

  /** It has no cancelling of its own: the server's time limit is what its users set. */
  async cancel(sql: string): Promise<unknown> {
    return this.db
      .transaction(async (transaction) => {
        await this.db.query("SET LOCAL statement_timeout = '200ms'", { transaction });
        await this.db.query(sql, { transaction });
      })
      .catch((error: unknown) => (error as { parent?: unknown }).parent ?? error);
  }

  async nested(kept: number, taken: number, after: number): Promise<void> {
    await this.db.transaction(async (transaction) => {
      await this.#numbers.create({ n: kept }, { transaction });
      await this.db
        .transaction({ transaction }, (inner) => this.#numbers.create({ n: taken }, { transaction: inner }))
        .catch(() => undefined);
      await this.#numbers.create({ n: after }, { transaction });
    });
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

export const SEQUELIZE: Driver = {
  name: 'sequelize',
  open: async (url) => new SequelizeSession(new Sequelize(url, { logging: false, pool: { max: 2, min: 0 } })),
};
