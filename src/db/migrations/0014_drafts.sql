CREATE TABLE "drafts" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"auditor_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "drafts_market_id_auditor_id_id_pk" PRIMARY KEY("market_id","auditor_id","id")
);
--> statement-breakpoint
ALTER TABLE "drafts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_auditor_id_people_id_fk" FOREIGN KEY ("auditor_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "drafts_select" ON "drafts" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('service') or (app.role() = 'auditor' and auditor_id = app.person())));--> statement-breakpoint
CREATE POLICY "drafts_insert" ON "drafts" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() in ('service') or (app.role() = 'auditor' and auditor_id = app.person())));--> statement-breakpoint
CREATE POLICY "drafts_update" ON "drafts" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() in ('service') or (app.role() = 'auditor' and auditor_id = app.person()))) WITH CHECK (market_id = app.market() and (app.role() in ('service') or (app.role() = 'auditor' and auditor_id = app.person())));--> statement-breakpoint
CREATE POLICY "drafts_delete" ON "drafts" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() in ('service') or (app.role() = 'auditor' and auditor_id = app.person())));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "drafts" TO app_rw;
--> statement-breakpoint
ALTER TABLE "drafts" FORCE ROW LEVEL SECURITY;
