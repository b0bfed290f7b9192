CREATE TABLE "evidence_versions" (
	"market_id" integer PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "evidence_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "evidence_versions_select" ON "evidence_versions" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate', 'nobody'));--> statement-breakpoint
CREATE POLICY "evidence_versions_insert" ON "evidence_versions" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate'));--> statement-breakpoint
CREATE POLICY "evidence_versions_update" ON "evidence_versions" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate')) WITH CHECK (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate'));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "evidence_versions" TO app_rw;
--> statement-breakpoint
ALTER TABLE "evidence_versions" FORCE ROW LEVEL SECURITY;
