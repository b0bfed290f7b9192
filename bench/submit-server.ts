import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import postgres from 'postgres';
import { z } from 'zod';
import { readConfig } from '../src/config.ts';
import { openContext } from '../src/context.ts';
import { auditSubmission } from '../src/contracts/audits.ts';
import { buildApp } from '../src/http/app.ts';

/** A process of its own for each side: `ours` is the product, `bare` parses and inserts one row. */
const [side, url, dataDir] = process.argv.slice(2) as [string, string, string];

if (side === 'ours') {
  const context = await openContext(
    readConfig({
      DATA_DIR: dataDir,
      DATABASE_URL: url,
      MIGRATION_DATABASE_URL: process.env['OWNER_URL'],
      THREADS: '0',
    }),
  );
  const app = await buildApp(context);
  process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
} else {
  const client = postgres(url, { max: 10, onnotice: () => undefined });
  const app = fastify({ bodyLimit: 2_000_000 });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.put(
    '/bare/:id',
    { schema: { params: z.strictObject({ id: z.uuid() }), body: auditSubmission } },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      await client`insert into bare (id, body) values (${id}, ${client.json(request.body as never)})`;
      return reply.code(201).send({ id });
    },
  );
  process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
}
process.on('disconnect', () => process.exit(0));
