import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { packagePath } from '../../src/cli/package-folder.ts';
import { OpenAiStub } from '../support/openai-stub.ts';
import { type Server, Servers, stubEnvironment } from '../acceptance/server-fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

interface SentTraces {
  readonly resourceSpans: readonly {
    readonly resource: Pick<SentSpan, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

/** Takes traces by OTLP over HTTP, as JSON. */
class Collector {
  readonly spans: SentSpan[] = [];
  readonly services = new Set<unknown>();
  readonly requests: { readonly path: string | undefined; readonly token: unknown }[] = [];
  readonly #server: HttpServer;
  status = 200;

  constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.requests.push({ path: request.url, token: request.headers['x-token'] });
        if (this.status === 200) this.#take(JSON.parse(Buffer.concat(parts).toString('utf8')) as SentTraces);
        response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take({ resourceSpans }: SentTraces): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      this.services.add(attributesOf(resource)['service.name']);
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    }
  }
}

function attributesOf({ attributes }: Pick<SentSpan, 'attributes'>): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

const servers = new Servers();
const collector = new Collector();
let stub: OpenAiStub;
let server: Server;

beforeAll(async () => {
  stub = await OpenAiStub.start();
  server = await servers.open({
    ...stubEnvironment(stub.baseUrl),
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
    OTEL_EXPORTER_OTLP_HEADERS: 'x-token=abc%20d',
    OTEL_SERVICE_NAME: 'shop',
  });
});
afterAll(async () => {
  await servers.close();
  await stub.close();
  await collector.close();
});

describe('traces', () => {
  it('have a span a statement and, within it, a span a model call, and no text of prompts or rows', async () => {
    const { client, rows } = await server.connect();
    await rows('CREATE TABLE goods (name TEXT)');
    await rows("INSERT INTO goods VALUES ('hidden bamboo'), ('hidden plastic')");
    await rows("SELECT name FROM goods WHERE name MEANS 'eco-friendly'");
    await rows('SELECT name FROM goods WHERE length(name) > $1', [3]);
    await rows("SELECT 'postgres://u:xyzzy@h/db' FROM nowhere").catch(() => undefined);
    const calls = await rows('SELECT trace_id, statement_id FROM unified_logs ORDER BY trace_id');
    await client.end();
    await server.stop();

    const named = (name: string): readonly SentSpan[] => collector.spans.filter((span) => span.name === name);
    const [statement] = collector.spans.filter((span) =>
      String(attributesOf(span)['db.query.text']).includes('MEANS'),
    );
    const chats = collector.spans.filter(({ name }) => name.startsWith('chat '));
    expect(chats.map((span) => attributesOf(span)['rvbbit.trace_id']).sort()).toEqual(
      calls.map((call) => call['trace_id']),
    );
    for (const chat of chats) {
      expect([chat.traceId, chat.parentSpanId]).toEqual([statement?.traceId, statement?.spanId]);
      expect(Number(attributesOf(chat)['gen_ai.usage.input_tokens'])).toBeGreaterThan(0);
    }
    expect(statement?.traceId).toBe(String(calls[0]?.['statement_id']).replaceAll('-', ''));
    expect(statement && attributesOf(statement)).toMatchObject({
      'db.operation.name': 'SELECT',
      'db.namespace': 'default',
      'user.name': 'ada',
    });
    expect(named('INSERT')).toHaveLength(1);
    expect(
      collector.spans.filter((span) => String(attributesOf(span)['db.query.text']).includes('length(')),
    ).toHaveLength(1);
    const [failed] = collector.spans.filter(({ status }) => status.code === 2);
    expect(failed && attributesOf(failed)['db.response.status_code']).toBe('42P01');
    expect(JSON.stringify(chats)).not.toContain('hidden');
    expect(JSON.stringify(collector.spans)).not.toContain('xyzzy');
    expect([...collector.services]).toEqual(['shop']);
    expect(new Set(collector.requests.map(({ path, token }) => `${path} ${String(token)}`))).toEqual(
      new Set(['/v1/traces abc d']),
    );
  });

  it('that cannot be sent are one warning, and statements go on', async () => {
    const lost = await servers.open({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1/v1/traces' });
    const { client, rows } = await lost.connect();
    expect(await rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await client.end();
    const begun = performance.now();
    await lost.stop();
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(lost.console.filter((line) => line.includes('Traces cannot be sent to 127.0.0.1:1'))).toHaveLength(
      1,
    );
  });

  it('are off, and nothing of OpenTelemetry is loaded, where no endpoint is named', () => {
    expect(readConfig({}).otlp).toBeNull();
    expect(
      readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h:1', OTEL_SDK_DISABLED: 'true' }).otlp,
    ).toBeNull();
    expect(() => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'h:4318' })).toThrow(/no address of a collector/);
    const folder = packagePath('src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const loading = files.filter((file) =>
      /^import (?!type )[^;]*(@opentelemetry|otlp-tracing)/m.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(loading.filter((file) => !file.startsWith(join('server', 'tracing')))).toEqual([]);
  });
});
