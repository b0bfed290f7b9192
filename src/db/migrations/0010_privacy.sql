CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"market_id" integer,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text NOT NULL,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp (3) with time zone,
	CONSTRAINT "legal_holds_kind_known" CHECK ("legal_holds"."kind" in ('staff', 'complaint', 'response', 'person'))
);
--> statement-breakpoint
ALTER TABLE "legal_holds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "staff_names" ADD COLUMN "kept_since" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "markets" ADD COLUMN "privacy" jsonb DEFAULT '{"recordings":false,"retention":{}}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "accounts_delete" ON "accounts" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "identities_delete" ON "identities" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "links_delete" ON "links" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "sessions_delete" ON "sessions" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "tokens_delete" ON "tokens" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "legal_holds_select" ON "legal_holds" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'administrator') or (app.role() = 'market-manager' and market_id = app.market()));--> statement-breakpoint
CREATE POLICY "legal_holds_insert" ON "legal_holds" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service') or (app.role() = 'administrator' and market_id is null) or (app.role() = 'market-manager' and market_id = app.market()));--> statement-breakpoint
CREATE POLICY "legal_holds_update" ON "legal_holds" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service') or (app.role() = 'administrator' and market_id is null) or (app.role() = 'market-manager' and market_id = app.market())) WITH CHECK (app.role() in ('service') or (app.role() = 'administrator' and market_id is null) or (app.role() = 'market-manager' and market_id = app.market()));--> statement-breakpoint
ALTER POLICY "identities_select" ON "identities" TO app_rw USING (app.role() in ('service', 'gate', 'administrator'));--> statement-breakpoint
ALTER POLICY "links_select" ON "links" TO app_rw USING (app.role() in ('service', 'gate', 'administrator'));--> statement-breakpoint
ALTER POLICY "markets_insert" ON "markets" TO app_rw WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
ALTER POLICY "markets_update" ON "markets" TO app_rw USING (app.role() in ('service', 'administrator') or (app.role() = 'market-manager' and id = app.market())) WITH CHECK (app.role() in ('service', 'administrator') or (app.role() = 'market-manager' and id = app.market()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "legal_holds" TO app_rw;
--> statement-breakpoint
ALTER TABLE "legal_holds" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT DELETE ON "accounts", "sessions", "links", "identities", "tokens" TO app_rw;
