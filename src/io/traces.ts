import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/**
 * Spans of requests, acts and transactions. They hold names, statuses and times, never what somebody
 * sent or stored. Without `openTraces` they cost next to nothing and go nowhere.
 */
const tracer = trace.getTracer('omotenashi');

/** Runs inside a span of the one around it. */
export function traced<Result>(
  name: string,
  attributes: Attributes,
  run: () => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await run();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A request's span; the caller's own trace goes on where it names one (W3C Trace Context). */
export interface RequestSpan {
  /** Whatever is started inside belongs to the request. */
  run(next: () => void): void;
  end(name: string, status: number): void;
}

export function beginRequest(headers: Readonly<Record<string, unknown>>): RequestSpan {
  const around = propagation.extract(context.active(), headers);
  const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, around);
  const inside = trace.setSpan(around, span);
  return {
    run: (next) => context.with(inside, next),
    end(name, status) {
      span.updateName(name);
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/**
 * Sends spans to a collector by OTLP over HTTP from now on. The library is loaded only then.
 *
 * @param endpoint the collector's address, for example `http://localhost:4318`
 * @returns sends what is left and stops
 */
export async function openTraces(endpoint: string): Promise<() => Promise<void>> {
  const [sdk, { OTLPTraceExporter }, hooks, { W3CTraceContextPropagator }, resources] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
    ]);
  const manager = new hooks.AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': 'omotenashi' }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
      }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}

/** What kind of error it was; its words may hold people's data. */
function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  const { definition, name } = error as { definition?: { slug: string }; name?: string };
  span.setAttribute('error.type', definition?.slug ?? name ?? 'error');
}
