-- What the service may do. Append-only tables get INSERT and SELECT only; every tenant table forces its policies on its owner too.
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "markets" TO app_rw;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "groups" TO app_rw;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "people" TO app_rw;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "grants" TO app_rw;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "tokens" TO app_rw;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "documents" TO app_rw;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "brand" TO app_rw;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "dealers" TO app_rw;
--> statement-breakpoint
ALTER TABLE "dealers" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "dealer_attributes" TO app_rw;
--> statement-breakpoint
ALTER TABLE "dealer_attributes" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "staff_members" TO app_rw;
--> statement-breakpoint
ALTER TABLE "staff_members" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "staff_names" TO app_rw;
--> statement-breakpoint
ALTER TABLE "staff_names" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "figures" TO app_rw;
--> statement-breakpoint
ALTER TABLE "figures" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "complaints" TO app_rw;
--> statement-breakpoint
ALTER TABLE "complaints" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "complaint_customers" TO app_rw;
--> statement-breakpoint
ALTER TABLE "complaint_customers" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "assignments" TO app_rw;
--> statement-breakpoint
ALTER TABLE "assignments" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "audits" TO app_rw;
--> statement-breakpoint
ALTER TABLE "audits" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT ON "audit_revisions" TO app_rw;
--> statement-breakpoint
ALTER TABLE "audit_revisions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT ON "files" TO app_rw;
--> statement-breakpoint
ALTER TABLE "files" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "appeals" TO app_rw;
--> statement-breakpoint
ALTER TABLE "appeals" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "responses" TO app_rw;
--> statement-breakpoint
ALTER TABLE "responses" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT ON "response_history" TO app_rw;
--> statement-breakpoint
ALTER TABLE "response_history" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "response_comments" TO app_rw;
--> statement-breakpoint
ALTER TABLE "response_comments" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "blocks" TO app_rw;
--> statement-breakpoint
ALTER TABLE "blocks" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "cells" TO app_rw;
--> statement-breakpoint
ALTER TABLE "cells" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "dirty_months" TO app_rw;
--> statement-breakpoint
ALTER TABLE "dirty_months" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "decisions" TO app_rw;
--> statement-breakpoint
ALTER TABLE "decisions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT ON "decision_steps" TO app_rw;
--> statement-breakpoint
ALTER TABLE "decision_steps" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "waivers" TO app_rw;
--> statement-breakpoint
ALTER TABLE "waivers" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "past_decisions" TO app_rw;
--> statement-breakpoint
ALTER TABLE "past_decisions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "scorecards" TO app_rw;
--> statement-breakpoint
ALTER TABLE "scorecards" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "chain_heads" TO app_rw;
--> statement-breakpoint
ALTER TABLE "chain_heads" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT ON "events" TO app_rw;
--> statement-breakpoint
ALTER TABLE "events" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Imports draw the ids of a chunk beforehand, so that comments find their response.
GRANT USAGE ON SEQUENCE "responses_id_seq" TO app_rw;
