CREATE TABLE "exports" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"filters" jsonb NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"rows" integer,
	"bytes" integer,
	"sha256" text,
	CONSTRAINT "exports_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "exports_state_known" CHECK ("exports"."state" in ('waiting', 'running', 'done', 'failed', 'expired'))
);
--> statement-breakpoint
ALTER TABLE "exports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exports_state_index" ON "exports" USING btree ("market_id","state");--> statement-breakpoint
CREATE POLICY "exports_select" ON "exports" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
CREATE POLICY "exports_insert" ON "exports" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
CREATE POLICY "exports_update" ON "exports" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() in ('service'))) WITH CHECK (market_id = app.market() and (app.role() in ('service')));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "exports" TO app_rw;
--> statement-breakpoint
ALTER TABLE "exports" FORCE ROW LEVEL SECURITY;
