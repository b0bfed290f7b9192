import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const environment = z.object({
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  MIGRATION_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text).origin)
    .optional(),
  KEYS_DIR: z.string().optional(),
  ANCHORS_FILE: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Omotenashi <omotenashi@localhost>'),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().default('omotenashi'),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('single sign-on'),
  TRUST_PROXY: z
    .string()
    .regex(
      /^(off|\d|[\d.:a-f/, ]+)$/i,
      'off, the number of proxies before the service, or their addresses',
    )
    .default('off'),
  THREADS: z.coerce.number().int().min(0).max(64).optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  RATE_PERSON: z.coerce.number().int().min(1).default(1_200),
  RATE_ADDRESS: z.coerce.number().int().min(1).default(6_000),
  DEMO: z.enum(['on', 'off']).default('on'),
  LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** Everything that the environment decides. */
export interface Config {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly migrationDatabaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** The origin that people type; default `http://localhost` and the port. */
  readonly publicUrl: string;
  /** Keys of this installation, outside the database. */
  readonly keysDir: string;
  /** Signed heads of the log; best on another machine's disk. */
  readonly anchorsFile: string;
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  readonly provider:
    | {
        readonly issuer: string;
        readonly clientId: string;
        readonly clientSecret: string | undefined;
        readonly name: string;
      }
    | undefined;
  /** Believe a reverse proxy about the address of the caller. */
  readonly trustProxy: false | number | string;
  /** Worker threads for long computations; 0 = none. */
  readonly threads: number;
  /** Where `/metrics` is served, on `host`; absent: nowhere. */
  readonly metricsPort: number | undefined;
  /** The collector of traces; absent: none are made. */
  readonly otlpEndpoint: string | undefined;
  /** Requests a minute that one person, and one address, may send. */
  readonly rates: { readonly person: number; readonly address: number };
  readonly demo: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/**
 * Reads the configuration from environment variables; the only place that looks at them.
 * @throws Error naming every variable that cannot be used, with what was expected
 */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`the environment cannot be used:\n  ${lines.join('\n  ')}`);
  }
  const { data } = parsed;
  return {
    dataDir: path.resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    migrationDatabaseUrl: data.MIGRATION_DATABASE_URL,
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL ?? `http://localhost:${data.PORT}`,
    keysDir: path.resolve(data.KEYS_DIR ?? path.join(data.DATA_DIR, 'keys')),
    anchorsFile: path.resolve(data.ANCHORS_FILE ?? path.join(data.DATA_DIR, 'anchors.jsonl')),
    smtp: data.SMTP_URL ? { url: data.SMTP_URL, from: data.MAIL_FROM } : undefined,
    provider: data.OIDC_ISSUER
      ? {
          issuer: data.OIDC_ISSUER,
          clientId: data.OIDC_CLIENT_ID,
          clientSecret: data.OIDC_CLIENT_SECRET,
          name: data.OIDC_NAME,
        }
      : undefined,
    trustProxy: /^\d$/.test(data.TRUST_PROXY)
      ? Number(data.TRUST_PROXY)
      : data.TRUST_PROXY !== 'off' && data.TRUST_PROXY,
    threads: data.THREADS ?? Math.max(1, availableParallelism() - 1),
    metricsPort: data.METRICS_PORT,
    otlpEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    rates: { person: data.RATE_PERSON, address: data.RATE_ADDRESS },
    demo: data.DEMO === 'on',
    logLevel: data.LOG,
  };
}
