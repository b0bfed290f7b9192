CREATE TABLE "repairs" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"dealer_id" integer NOT NULL,
	"vehicle" text NOT NULL,
	"kind" text NOT NULL,
	"concern" text NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"contacted_on" date,
	"contact_refused" boolean DEFAULT false NOT NULL,
	CONSTRAINT "repairs_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "repairs_code_unique" UNIQUE("market_id","code")
);
--> statement-breakpoint
ALTER TABLE "repairs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "repairs" ADD CONSTRAINT "repairs_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repairs" ADD CONSTRAINT "repairs_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repairs_closed_index" ON "repairs" USING btree ("market_id","closed_on");--> statement-breakpoint
CREATE POLICY "repairs_select" ON "repairs" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "repairs_insert" ON "repairs" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "repairs_update" ON "repairs" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "repairs_delete" ON "repairs" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "repairs" TO app_rw;--> statement-breakpoint
ALTER TABLE "repairs" FORCE ROW LEVEL SECURITY;
