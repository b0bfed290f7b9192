CREATE TABLE "survey_links" (
	"market_id" integer NOT NULL,
	"sha256" text NOT NULL,
	"dealer_id" integer NOT NULL,
	"staff_id" integer,
	"document" integer NOT NULL,
	"visit_date" date NOT NULL,
	"reference" text NOT NULL,
	"contact" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"answers_sha256" text,
	CONSTRAINT "survey_links_market_id_sha256_pk" PRIMARY KEY("market_id","sha256")
);
--> statement-breakpoint
ALTER TABLE "survey_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "survey_links" ADD CONSTRAINT "survey_links_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_links" ADD CONSTRAINT "survey_links_document_documents_number_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_links" ADD CONSTRAINT "survey_links_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_links" ADD CONSTRAINT "survey_links_staff_fk" FOREIGN KEY ("market_id","staff_id") REFERENCES "public"."staff_members"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "survey_links_select" ON "survey_links" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('service', 'market-manager')));--> statement-breakpoint
CREATE POLICY "survey_links_insert" ON "survey_links" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager')));--> statement-breakpoint
CREATE POLICY "survey_links_update" ON "survey_links" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() in ('service'))) WITH CHECK (market_id = app.market() and (app.role() in ('service')));--> statement-breakpoint
CREATE POLICY "survey_links_delete" ON "survey_links" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() in ('service', 'market-manager')));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "survey_links" TO app_rw;
--> statement-breakpoint
ALTER TABLE "survey_links" FORCE ROW LEVEL SECURITY;
