CREATE TABLE "certificates" (
	"code" text PRIMARY KEY NOT NULL,
	"market_id" integer NOT NULL,
	"decision_id" uuid NOT NULL,
	"market_name" text NOT NULL,
	"dealer_code" text NOT NULL,
	"dealer_name" text NOT NULL,
	"programme" text NOT NULL,
	"period" text NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"statement_sha256" text NOT NULL,
	"signature" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "certificates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "decision_steps" ADD COLUMN "statement" text;--> statement-breakpoint
ALTER TABLE "decision_steps" ADD COLUMN "signature" text;--> statement-breakpoint
ALTER TABLE "decision_steps" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "certificates_select" ON "certificates" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate', 'nobody'));--> statement-breakpoint
CREATE POLICY "certificates_insert" ON "certificates" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service') or (app.role() = 'market-manager' and market_id = app.market()) or (app.role() = 'network' and market_id = app.market()));--> statement-breakpoint
CREATE POLICY "certificates_update" ON "certificates" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service') or (app.role() = 'market-manager' and market_id = app.market()) or (app.role() = 'network' and market_id = app.market())) WITH CHECK (app.role() in ('service') or (app.role() = 'market-manager' and market_id = app.market()) or (app.role() = 'network' and market_id = app.market()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "certificates" TO app_rw;
--> statement-breakpoint
ALTER TABLE "certificates" FORCE ROW LEVEL SECURITY;
