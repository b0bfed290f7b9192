ALTER TABLE "brand" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "documents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "grants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "groups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "markets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "people" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_revisions" ADD COLUMN "released" boolean DEFAULT false NOT NULL;--> statement-breakpoint
DROP POLICY "appeals_delete" ON "appeals" CASCADE;--> statement-breakpoint
DROP POLICY "assignments_delete" ON "assignments" CASCADE;--> statement-breakpoint
DROP POLICY "audits_delete" ON "audits" CASCADE;--> statement-breakpoint
DROP POLICY "chain_heads_delete" ON "chain_heads" CASCADE;--> statement-breakpoint
DROP POLICY "decisions_delete" ON "decisions" CASCADE;--> statement-breakpoint
DROP POLICY "scorecards_update" ON "scorecards" CASCADE;--> statement-breakpoint
DROP POLICY "scorecards_delete" ON "scorecards" CASCADE;--> statement-breakpoint
DROP POLICY "waivers_update" ON "waivers" CASCADE;--> statement-breakpoint
DROP POLICY "waivers_delete" ON "waivers" CASCADE;--> statement-breakpoint
DROP POLICY "dealer_attributes_delete" ON "dealer_attributes" CASCADE;--> statement-breakpoint
DROP POLICY "dealers_delete" ON "dealers" CASCADE;--> statement-breakpoint
DROP POLICY "responses_delete" ON "responses" CASCADE;--> statement-breakpoint
CREATE POLICY "audit_revisions_update" ON "audit_revisions" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
CREATE POLICY "brand_select" ON "brand" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate', 'nobody'));--> statement-breakpoint
CREATE POLICY "brand_insert" ON "brand" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "brand_update" ON "brand" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator')) WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "documents_select" ON "documents" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate'));--> statement-breakpoint
CREATE POLICY "documents_insert" ON "documents" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'administrator', 'network'));--> statement-breakpoint
CREATE POLICY "documents_update" ON "documents" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator', 'network')) WITH CHECK (app.role() in ('service', 'administrator', 'network'));--> statement-breakpoint
CREATE POLICY "grants_select" ON "grants" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'administrator', 'gate'));--> statement-breakpoint
CREATE POLICY "grants_insert" ON "grants" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "grants_delete" ON "grants" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "groups_select" ON "groups" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate'));--> statement-breakpoint
CREATE POLICY "groups_insert" ON "groups" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'market-manager', 'network', 'administrator'));--> statement-breakpoint
CREATE POLICY "groups_update" ON "groups" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator')) WITH CHECK (app.role() in ('service', 'market-manager', 'network', 'administrator'));--> statement-breakpoint
CREATE POLICY "markets_select" ON "markets" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate', 'nobody'));--> statement-breakpoint
CREATE POLICY "markets_insert" ON "markets" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'administrator', 'network'));--> statement-breakpoint
CREATE POLICY "markets_update" ON "markets" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator', 'network')) WITH CHECK (app.role() in ('service', 'administrator', 'network'));--> statement-breakpoint
CREATE POLICY "people_select" ON "people" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'market-manager', 'network', 'administrator', 'gate') or (app.role() = 'auditor' and id = app.person()) or (app.role() = 'dealer' and id = app.person()));--> statement-breakpoint
CREATE POLICY "people_insert" ON "people" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'market-manager', 'network', 'administrator'));--> statement-breakpoint
CREATE POLICY "people_update" ON "people" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator')) WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "tokens_select" ON "tokens" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'administrator', 'gate'));--> statement-breakpoint
CREATE POLICY "tokens_insert" ON "tokens" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "tokens_update" ON "tokens" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator')) WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
ALTER POLICY "appeals_select" ON "appeals" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "appeals_insert" ON "appeals" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service') or (app.role() = 'dealer' and dealer_id = app.dealer() and filed_by = app.person() and state = 'open')));--> statement-breakpoint
ALTER POLICY "appeals_update" ON "appeals" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "assignments_select" ON "assignments" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person())));--> statement-breakpoint
ALTER POLICY "assignments_insert" ON "assignments" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "assignments_update" ON "assignments" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person()))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person() and state in ('accepted', 'declined', 'started', 'done'))));--> statement-breakpoint
ALTER POLICY "audit_revisions_select" ON "audit_revisions" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person()) or (app.role() = 'dealer' and dealer_id = app.dealer() and released)));--> statement-breakpoint
ALTER POLICY "audit_revisions_insert" ON "audit_revisions" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person() and made_by = app.person() and not released)));--> statement-breakpoint
ALTER POLICY "audits_select" ON "audits" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person()) or (app.role() = 'dealer' and dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended'))));--> statement-breakpoint
ALTER POLICY "audits_insert" ON "audits" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person() and state = 'submitted')));--> statement-breakpoint
ALTER POLICY "audits_update" ON "audits" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person() and state = 'returned') or (app.role() = 'dealer' and dealer_id = app.dealer() and state = 'released'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and auditor_id = app.person() and state = 'submitted') or (app.role() = 'dealer' and dealer_id = app.dealer() and state = 'appealed')));--> statement-breakpoint
ALTER POLICY "files_select" ON "files" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'auditor' and owner_id = app.person()) or (app.role() = 'dealer' and owner_id = app.person())));--> statement-breakpoint
ALTER POLICY "files_insert" ON "files" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service') or (app.role() = 'market-manager' and owner_id = app.person()) or (app.role() = 'network' and owner_id = app.person()) or (app.role() = 'auditor' and owner_id = app.person()) or (app.role() = 'dealer' and owner_id = app.person())));--> statement-breakpoint
ALTER POLICY "chain_heads_select" ON "chain_heads" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate')));--> statement-breakpoint
ALTER POLICY "chain_heads_insert" ON "chain_heads" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate')));--> statement-breakpoint
ALTER POLICY "chain_heads_update" ON "chain_heads" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate')));--> statement-breakpoint
ALTER POLICY "decision_steps_select" ON "decision_steps" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "decision_steps_insert" ON "decision_steps" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "decisions_select" ON "decisions" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "decisions_insert" ON "decisions" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "decisions_update" ON "decisions" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "events_select" ON "events" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "events_insert" ON "events" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor', 'dealer', 'gate')));--> statement-breakpoint
ALTER POLICY "past_decisions_select" ON "past_decisions" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "past_decisions_insert" ON "past_decisions" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "past_decisions_update" ON "past_decisions" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "past_decisions_delete" ON "past_decisions" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "scorecards_select" ON "scorecards" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "scorecards_insert" ON "scorecards" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "waivers_select" ON "waivers" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "waivers_insert" ON "waivers" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'network')));--> statement-breakpoint
ALTER POLICY "complaint_customers_select" ON "complaint_customers" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "complaint_customers_insert" ON "complaint_customers" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "complaint_customers_update" ON "complaint_customers" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "complaint_customers_delete" ON "complaint_customers" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "complaints_select" ON "complaints" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "complaints_insert" ON "complaints" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "complaints_update" ON "complaints" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "complaints_delete" ON "complaints" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "dealer_attributes_select" ON "dealer_attributes" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "dealer_attributes_insert" ON "dealer_attributes" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "dealer_attributes_update" ON "dealer_attributes" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "dealers_select" ON "dealers" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator', 'auditor') or (app.role() = 'dealer' and id = app.dealer())));--> statement-breakpoint
ALTER POLICY "dealers_insert" ON "dealers" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "dealers_update" ON "dealers" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "figures_select" ON "figures" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "figures_insert" ON "figures" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "figures_update" ON "figures" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "figures_delete" ON "figures" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "repairs_select" ON "repairs" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "repairs_insert" ON "repairs" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "repairs_update" ON "repairs" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "repairs_delete" ON "repairs" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "staff_members_select" ON "staff_members" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "staff_members_insert" ON "staff_members" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "staff_members_update" ON "staff_members" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "staff_members_delete" ON "staff_members" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "staff_names_select" ON "staff_names" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
ALTER POLICY "staff_names_insert" ON "staff_names" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "staff_names_update" ON "staff_names" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "staff_names_delete" ON "staff_names" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network', 'administrator')));--> statement-breakpoint
ALTER POLICY "blocks_select" ON "blocks" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "blocks_insert" ON "blocks" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "blocks_update" ON "blocks" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "blocks_delete" ON "blocks" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "cells_select" ON "cells" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "cells_insert" ON "cells" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "cells_update" ON "cells" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "cells_delete" ON "cells" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "dirty_months_select" ON "dirty_months" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "dirty_months_insert" ON "dirty_months" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "dirty_months_update" ON "dirty_months" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "dirty_months_delete" ON "dirty_months" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "response_comments_select" ON "response_comments" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "response_comments_insert" ON "response_comments" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "response_comments_update" ON "response_comments" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "response_comments_delete" ON "response_comments" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "response_history_select" ON "response_history" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "response_history_insert" ON "response_history" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "responses_select" ON "responses" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "responses_insert" ON "responses" TO app_rw WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));--> statement-breakpoint
ALTER POLICY "responses_update" ON "responses" TO app_rw USING (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network'))) WITH CHECK (market_id = app.market() and (app.role() in ('service', 'market-manager', 'network')));
--> statement-breakpoint
-- Rights follow the policies: what no policy allows is not granted either.
ALTER TABLE "markets" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "groups" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "people" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "grants" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "tokens" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "documents" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "brand" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE DELETE ON "appeals" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "assignments" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "audits" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "brand" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "chain_heads" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "dealer_attributes" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "dealers" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "decisions" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "documents" FROM app_rw;
--> statement-breakpoint
REVOKE UPDATE ON "grants" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "groups" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "markets" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "people" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "responses" FROM app_rw;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON "scorecards" FROM app_rw;
--> statement-breakpoint
REVOKE DELETE ON "tokens" FROM app_rw;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON "waivers" FROM app_rw;
--> statement-breakpoint
GRANT UPDATE ("released") ON "audit_revisions" TO app_rw;
--> statement-breakpoint
ALTER TABLE "audit_revisions" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "audits" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE "audit_revisions" r SET "released" = true FROM "audits" a WHERE a."market_id" = r."market_id" AND a."id" = r."audit_id" AND a."revision" = r."revision" AND a."state" IN ('released', 'appealed', 'confirmed', 'amended');
--> statement-breakpoint
ALTER TABLE "audit_revisions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "audits" FORCE ROW LEVEL SECURITY;
