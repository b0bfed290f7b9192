CREATE TABLE "appeals" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"audit_id" uuid NOT NULL,
	"dealer_id" integer NOT NULL,
	"state" text NOT NULL,
	"items" jsonb NOT NULL,
	"filed_by" uuid NOT NULL,
	"filed_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "appeals_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "appeals_state_known" CHECK ("appeals"."state" in ('open', 'confirmed', 'amended'))
);
--> statement-breakpoint
ALTER TABLE "appeals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assignments" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"dealer_id" integer NOT NULL,
	"auditor_id" uuid NOT NULL,
	"document" integer NOT NULL,
	"scenario" text DEFAULT '' NOT NULL,
	"window_from" date NOT NULL,
	"window_to" date NOT NULL,
	"state" text DEFAULT 'offered' NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assignments_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "assignments_window_forward" CHECK ("assignments"."window_to" >= "assignments"."window_from")
);
--> statement-breakpoint
ALTER TABLE "assignments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_revisions" (
	"market_id" integer NOT NULL,
	"audit_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"dealer_id" integer NOT NULL,
	"auditor_id" uuid,
	"answers" jsonb NOT NULL,
	"answers_sha256" text NOT NULL,
	"score" jsonb NOT NULL,
	"made_by" uuid,
	"reason" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_revisions_market_id_audit_id_revision_pk" PRIMARY KEY("market_id","audit_id","revision")
);
--> statement-breakpoint
ALTER TABLE "audit_revisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audits" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"dealer_id" integer NOT NULL,
	"auditor_id" uuid,
	"assignment_id" uuid,
	"document" integer NOT NULL,
	"type" text NOT NULL,
	"touchpoint" text,
	"visit_date" date NOT NULL,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"submission_sha256" text NOT NULL,
	"answers_sha256" text NOT NULL,
	"meta" jsonb NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"released_at" timestamp (3) with time zone,
	"remarks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"final_micro" integer,
	"score" jsonb NOT NULL,
	CONSTRAINT "audits_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "audits_state_known" CHECK ("audits"."state" in ('submitted', 'under-review', 'returned', 'approved', 'released', 'appealed', 'confirmed', 'amended', 'withdrawn'))
);
--> statement-breakpoint
ALTER TABLE "audits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "files" (
	"market_id" integer NOT NULL,
	"sha256" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "files_market_id_owner_id_sha256_pk" PRIMARY KEY("market_id","owner_id","sha256")
);
--> statement-breakpoint
ALTER TABLE "files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "chain_heads" (
	"market_id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chain_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "decision_steps" (
	"market_id" integer NOT NULL,
	"decision_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"step" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"winners" jsonb NOT NULL,
	"reason" text,
	CONSTRAINT "decision_steps_market_id_decision_id_number_pk" PRIMARY KEY("market_id","decision_id","number")
);
--> statement-breakpoint
ALTER TABLE "decision_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "decisions" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"document" integer NOT NULL,
	"programme" text NOT NULL,
	"period" text NOT NULL,
	"state" text NOT NULL,
	"package" text NOT NULL,
	"package_sha256" text NOT NULL,
	"result" text NOT NULL,
	"result_sha256" text NOT NULL,
	"winners" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reason" text,
	"embargo_until" date,
	"frozen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decisions_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "decisions_state_known" CHECK ("decisions"."state" in ('frozen', 'proposed', 'confirmed', 'published', 'withdrawn'))
);
--> statement-breakpoint
ALTER TABLE "decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "events" (
	"market_id" integer NOT NULL,
	"seq" bigint NOT NULL,
	"record" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "events_market_id_seq_pk" PRIMARY KEY("market_id","seq")
);
--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "past_decisions" (
	"market_id" integer NOT NULL,
	"programme" text NOT NULL,
	"period" text NOT NULL,
	"dealer_id" integer NOT NULL,
	"award" text NOT NULL,
	CONSTRAINT "past_decisions_market_id_programme_period_dealer_id_pk" PRIMARY KEY("market_id","programme","period","dealer_id")
);
--> statement-breakpoint
ALTER TABLE "past_decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "scorecards" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"dealer_id" integer NOT NULL,
	"period" text NOT NULL,
	"view" text NOT NULL,
	"view_sha256" text NOT NULL,
	"released_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "scorecards_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "scorecards_view_unique" UNIQUE("market_id","dealer_id","period","view_sha256")
);
--> statement-breakpoint
ALTER TABLE "scorecards" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "waivers" (
	"market_id" integer NOT NULL,
	"document" integer NOT NULL,
	"dealer_id" integer NOT NULL,
	"gate" text NOT NULL,
	"granted_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"paper" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "waivers_market_id_document_dealer_id_gate_pk" PRIMARY KEY("market_id","document","dealer_id","gate")
);
--> statement-breakpoint
ALTER TABLE "waivers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "complaint_customers" (
	"market_id" integer NOT NULL,
	"complaint_id" uuid NOT NULL,
	"dealer_id" integer NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "complaint_customers_market_id_complaint_id_pk" PRIMARY KEY("market_id","complaint_id")
);
--> statement-breakpoint
ALTER TABLE "complaint_customers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "complaints" (
	"market_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"dealer_id" integer NOT NULL,
	"concerned_dealer_id" integer NOT NULL,
	"touchpoint" text NOT NULL,
	"category" text NOT NULL,
	"channel" text NOT NULL,
	"escalated" boolean DEFAULT false NOT NULL,
	"severity" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"solved_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"reopened_at" timestamp (3) with time zone,
	"outcome" text,
	"accepted" boolean,
	"cause" text,
	CONSTRAINT "complaints_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "complaints_code_unique" UNIQUE("market_id","code")
);
--> statement-breakpoint
ALTER TABLE "complaints" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dealer_attributes" (
	"market_id" integer NOT NULL,
	"dealer_id" integer NOT NULL,
	"valid_from" date NOT NULL,
	"region" text,
	"site_type" text,
	"size_band" text,
	"group_code" text,
	"five_star" boolean,
	CONSTRAINT "dealer_attributes_market_id_dealer_id_valid_from_pk" PRIMARY KEY("market_id","dealer_id","valid_from")
);
--> statement-breakpoint
ALTER TABLE "dealer_attributes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dealers" (
	"market_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "dealers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"name" text NOT NULL,
	"town" text DEFAULT '' NOT NULL,
	"time_zone" text,
	"opened_on" date,
	"closed_on" date,
	CONSTRAINT "dealers_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "dealers_code_unique" UNIQUE("market_id","code")
);
--> statement-breakpoint
ALTER TABLE "dealers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figures" (
	"market_id" integer NOT NULL,
	"dealer_id" integer NOT NULL,
	"measure" text NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"kind" text NOT NULL,
	"value" numeric(24, 6) NOT NULL,
	"target" numeric(24, 6),
	"currency" text,
	"supplied_by" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "figures_market_id_dealer_id_measure_period_from_period_to_pk" PRIMARY KEY("market_id","dealer_id","measure","period_from","period_to"),
	CONSTRAINT "figures_period_forward" CHECK ("figures"."period_to" > "figures"."period_from"),
	CONSTRAINT "figures_currency_for_amounts" CHECK (("figures"."kind" = 'amount') = ("figures"."currency" is not null))
);
--> statement-breakpoint
ALTER TABLE "figures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "staff_members" (
	"market_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "staff_members_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"dealer_id" integer NOT NULL,
	"code" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "staff_members_market_id_id_pk" PRIMARY KEY("market_id","id"),
	CONSTRAINT "staff_members_code_unique" UNIQUE("market_id","dealer_id","code")
);
--> statement-breakpoint
ALTER TABLE "staff_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "staff_names" (
	"market_id" integer NOT NULL,
	"staff_id" integer NOT NULL,
	"dealer_id" integer NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "staff_names_market_id_staff_id_pk" PRIMARY KEY("market_id","staff_id")
);
--> statement-breakpoint
ALTER TABLE "staff_names" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "brand" (
	"id" integer PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"signatories" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "documents_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"id" text NOT NULL,
	"version" text NOT NULL,
	"kind" text NOT NULL,
	"title" jsonb NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"content" text NOT NULL,
	"sha256" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_by" text,
	"published_at" timestamp (3) with time zone,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "documents_version_unique" UNIQUE("type","id","version"),
	CONSTRAINT "documents_state_known" CHECK ("documents"."state" in ('draft', 'published', 'retired')),
	CONSTRAINT "documents_second_person" CHECK ("documents"."published_by" is null or "documents"."published_by" <> "documents"."created_by" or "documents"."created_by" = 'release')
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"market_id" integer,
	"dealer_id" integer,
	CONSTRAINT "grants_unique" UNIQUE NULLS NOT DISTINCT("person_id","role","market_id","dealer_id"),
	CONSTRAINT "grants_role_known" CHECK ("grants"."role" in ('administrator', 'network-manager', 'market-manager', 'auditor', 'dealer')),
	CONSTRAINT "grants_scope_fits_role" CHECK (("grants"."role" in ('administrator', 'network-manager')) = ("grants"."market_id" is null) and ("grants"."role" = 'dealer') = ("grants"."dealer_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "markets" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "markets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"names" jsonb NOT NULL,
	"languages" jsonb NOT NULL,
	"time_zone" text NOT NULL,
	"calendar" jsonb NOT NULL,
	"staff_named" boolean DEFAULT false NOT NULL,
	"appeal_days" integer DEFAULT 14 NOT NULL,
	CONSTRAINT "markets_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"sha256" text PRIMARY KEY NOT NULL,
	"prefix" text NOT NULL,
	"person_id" uuid NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "blocks" (
	"market_id" integer NOT NULL,
	"dealer_id" integer NOT NULL,
	"month" date NOT NULL,
	"document" integer NOT NULL,
	"touchpoint" text NOT NULL,
	"tenure_band" smallint NOT NULL,
	"item_count" smallint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "blocks_market_id_dealer_id_month_document_touchpoint_tenure_band_pk" PRIMARY KEY("market_id","dealer_id","month","document","touchpoint","tenure_band")
);
--> statement-breakpoint
ALTER TABLE "blocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cells" (
	"market_id" integer NOT NULL,
	"dealer_id" integer NOT NULL,
	"month" date NOT NULL,
	"document" integer NOT NULL,
	"touchpoint" text NOT NULL,
	"tenure_band" smallint NOT NULL,
	"staff_id" integer NOT NULL,
	"responses" integer NOT NULL,
	"last_received_at" timestamp (3) with time zone NOT NULL,
	"index_n" integer NOT NULL,
	"index_sum" bigint NOT NULL,
	"index_sum_squares" numeric(38, 0) NOT NULL,
	"item_counts" jsonb NOT NULL,
	"item_sums" jsonb NOT NULL,
	CONSTRAINT "cells_market_id_dealer_id_month_document_touchpoint_tenure_band_staff_id_pk" PRIMARY KEY("market_id","dealer_id","month","document","touchpoint","tenure_band","staff_id")
);
--> statement-breakpoint
ALTER TABLE "cells" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dirty_months" (
	"market_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "dirty_months_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dealer_id" integer NOT NULL,
	"month" date NOT NULL,
	CONSTRAINT "dirty_months_market_id_id_pk" PRIMARY KEY("market_id","id")
);
--> statement-breakpoint
ALTER TABLE "dirty_months" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "response_comments" (
	"market_id" integer NOT NULL,
	"response_id" bigint NOT NULL,
	"dealer_id" integer NOT NULL,
	"item_id" text NOT NULL,
	"comment" text NOT NULL,
	CONSTRAINT "response_comments_market_id_response_id_item_id_pk" PRIMARY KEY("market_id","response_id","item_id")
);
--> statement-breakpoint
ALTER TABLE "response_comments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "response_history" (
	"market_id" integer NOT NULL,
	"response_id" bigint NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"replaced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "response_history_market_id_response_id_revision_pk" PRIMARY KEY("market_id","response_id","revision")
);
--> statement-breakpoint
ALTER TABLE "response_history" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "responses" (
	"market_id" integer NOT NULL,
	"id" bigint GENERATED BY DEFAULT AS IDENTITY (sequence name "responses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dealer_id" integer NOT NULL,
	"staff_id" integer,
	"document" integer NOT NULL,
	"touchpoint" text NOT NULL,
	"visit_date" date NOT NULL,
	"reference" text,
	"tenure_band" smallint NOT NULL,
	"items" "bytea" NOT NULL,
	"index_micro" integer,
	"recommendation" smallint,
	"revision" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_reason" text,
	CONSTRAINT "responses_market_id_id_pk" PRIMARY KEY("market_id","id")
);
--> statement-breakpoint
ALTER TABLE "responses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_audit_fk" FOREIGN KEY ("market_id","audit_id") REFERENCES "public"."audits"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_auditor_id_people_id_fk" FOREIGN KEY ("auditor_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_document_documents_number_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_revisions" ADD CONSTRAINT "audit_revisions_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_revisions" ADD CONSTRAINT "audit_revisions_audit_fk" FOREIGN KEY ("market_id","audit_id") REFERENCES "public"."audits"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_auditor_id_people_id_fk" FOREIGN KEY ("auditor_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_document_documents_number_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_assignment_fk" FOREIGN KEY ("market_id","assignment_id") REFERENCES "public"."assignments"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_steps" ADD CONSTRAINT "decision_steps_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_steps" ADD CONSTRAINT "decision_steps_decision_fk" FOREIGN KEY ("market_id","decision_id") REFERENCES "public"."decisions"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_document_documents_number_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_decisions" ADD CONSTRAINT "past_decisions_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_decisions" ADD CONSTRAINT "past_decisions_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecards" ADD CONSTRAINT "scorecards_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecards" ADD CONSTRAINT "scorecards_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_document_documents_number_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaint_customers" ADD CONSTRAINT "complaint_customers_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaint_customers" ADD CONSTRAINT "complaint_customers_complaint_fk" FOREIGN KEY ("market_id","complaint_id") REFERENCES "public"."complaints"("market_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_concerned_dealer_fk" FOREIGN KEY ("market_id","concerned_dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dealer_attributes" ADD CONSTRAINT "dealer_attributes_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dealer_attributes" ADD CONSTRAINT "dealer_attributes_group_code_groups_code_fk" FOREIGN KEY ("group_code") REFERENCES "public"."groups"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dealer_attributes" ADD CONSTRAINT "dealer_attributes_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dealers" ADD CONSTRAINT "dealers_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figures" ADD CONSTRAINT "figures_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figures" ADD CONSTRAINT "figures_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_names" ADD CONSTRAINT "staff_names_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_names" ADD CONSTRAINT "staff_names_staff_fk" FOREIGN KEY ("market_id","staff_id") REFERENCES "public"."staff_members"("market_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cells" ADD CONSTRAINT "cells_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dirty_months" ADD CONSTRAINT "dirty_months_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_comments" ADD CONSTRAINT "response_comments_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_comments" ADD CONSTRAINT "response_comments_response_fk" FOREIGN KEY ("market_id","response_id") REFERENCES "public"."responses"("market_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_history" ADD CONSTRAINT "response_history_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_market_id_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."markets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_document_documents_number_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_dealer_fk" FOREIGN KEY ("market_id","dealer_id") REFERENCES "public"."dealers"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_staff_fk" FOREIGN KEY ("market_id","staff_id") REFERENCES "public"."staff_members"("market_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignments_auditor_index" ON "assignments" USING btree ("market_id","auditor_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "audits_assignment_unique" ON "audits" USING btree ("market_id","assignment_id") WHERE assignment_id is not null;--> statement-breakpoint
CREATE INDEX "audits_dealer_index" ON "audits" USING btree ("market_id","dealer_id","visit_date");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_a_period" ON "decisions" USING btree ("market_id","programme","period") WHERE state <> 'withdrawn';--> statement-breakpoint
CREATE INDEX "tokens_person_index" ON "tokens" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "dirty_months_index" ON "dirty_months" USING btree ("market_id","dealer_id","month");--> statement-breakpoint
CREATE UNIQUE INDEX "responses_reference_unique" ON "responses" USING btree ("market_id","dealer_id","document","reference",coalesce(staff_id, 0)) WHERE reference is not null;--> statement-breakpoint
CREATE INDEX "responses_month_index" ON "responses" USING btree ("market_id","dealer_id","visit_date");--> statement-breakpoint
CREATE POLICY "appeals_select" ON "appeals" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "appeals_insert" ON "appeals" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "appeals_update" ON "appeals" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "appeals_delete" ON "appeals" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "assignments_select" ON "assignments" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (case app.role() when 'dealer' then false when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "assignments_insert" ON "assignments" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (case app.role() when 'dealer' then false when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "assignments_update" ON "assignments" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (case app.role() when 'dealer' then false when 'auditor' then auditor_id = app.person() else true end)) WITH CHECK (market_id = app.market() and (case app.role() when 'dealer' then false when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "assignments_delete" ON "assignments" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (case app.role() when 'dealer' then false when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "audit_revisions_select" ON "audit_revisions" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (case app.role() when 'dealer' then dealer_id = app.dealer() when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "audit_revisions_insert" ON "audit_revisions" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (case app.role() when 'dealer' then dealer_id = app.dealer() when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "audits_select" ON "audits" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (case app.role() when 'dealer' then dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended') when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "audits_insert" ON "audits" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (case app.role() when 'dealer' then dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended') when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "audits_update" ON "audits" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (case app.role() when 'dealer' then dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended') when 'auditor' then auditor_id = app.person() else true end)) WITH CHECK (market_id = app.market() and (case app.role() when 'dealer' then dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended') when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "audits_delete" ON "audits" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (case app.role() when 'dealer' then dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended') when 'auditor' then auditor_id = app.person() else true end));--> statement-breakpoint
CREATE POLICY "files_select" ON "files" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or owner_id = app.person()));--> statement-breakpoint
CREATE POLICY "files_insert" ON "files" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or owner_id = app.person()));--> statement-breakpoint
CREATE POLICY "chain_heads_select" ON "chain_heads" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market());--> statement-breakpoint
CREATE POLICY "chain_heads_insert" ON "chain_heads" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market());--> statement-breakpoint
CREATE POLICY "chain_heads_update" ON "chain_heads" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market()) WITH CHECK (market_id = app.market());--> statement-breakpoint
CREATE POLICY "chain_heads_delete" ON "chain_heads" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market());--> statement-breakpoint
CREATE POLICY "decision_steps_select" ON "decision_steps" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "decision_steps_insert" ON "decision_steps" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "decisions_select" ON "decisions" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "decisions_insert" ON "decisions" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "decisions_update" ON "decisions" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service'))) WITH CHECK (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "decisions_delete" ON "decisions" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "events_select" ON "events" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "events_insert" ON "events" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (true));--> statement-breakpoint
CREATE POLICY "past_decisions_select" ON "past_decisions" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "past_decisions_insert" ON "past_decisions" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "past_decisions_update" ON "past_decisions" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "past_decisions_delete" ON "past_decisions" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "scorecards_select" ON "scorecards" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "scorecards_insert" ON "scorecards" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "scorecards_update" ON "scorecards" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "scorecards_delete" ON "scorecards" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "waivers_select" ON "waivers" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "waivers_insert" ON "waivers" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "waivers_update" ON "waivers" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service'))) WITH CHECK (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "waivers_delete" ON "waivers" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "complaint_customers_select" ON "complaint_customers" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "complaint_customers_insert" ON "complaint_customers" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "complaint_customers_update" ON "complaint_customers" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "complaint_customers_delete" ON "complaint_customers" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "complaints_select" ON "complaints" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "complaints_insert" ON "complaints" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "complaints_update" ON "complaints" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "complaints_delete" ON "complaints" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "dealer_attributes_select" ON "dealer_attributes" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() <> 'dealer' or dealer_id = app.dealer()));--> statement-breakpoint
CREATE POLICY "dealer_attributes_insert" ON "dealer_attributes" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() <> 'dealer' or dealer_id = app.dealer()));--> statement-breakpoint
CREATE POLICY "dealer_attributes_update" ON "dealer_attributes" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() <> 'dealer' or dealer_id = app.dealer())) WITH CHECK (market_id = app.market() and (app.role() <> 'dealer' or dealer_id = app.dealer()));--> statement-breakpoint
CREATE POLICY "dealer_attributes_delete" ON "dealer_attributes" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() <> 'dealer' or dealer_id = app.dealer()));--> statement-breakpoint
CREATE POLICY "dealers_select" ON "dealers" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() <> 'dealer' or id = app.dealer()));--> statement-breakpoint
CREATE POLICY "dealers_insert" ON "dealers" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() <> 'dealer' or id = app.dealer()));--> statement-breakpoint
CREATE POLICY "dealers_update" ON "dealers" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() <> 'dealer' or id = app.dealer())) WITH CHECK (market_id = app.market() and (app.role() <> 'dealer' or id = app.dealer()));--> statement-breakpoint
CREATE POLICY "dealers_delete" ON "dealers" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() <> 'dealer' or id = app.dealer()));--> statement-breakpoint
CREATE POLICY "figures_select" ON "figures" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "figures_insert" ON "figures" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "figures_update" ON "figures" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "figures_delete" ON "figures" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_members_select" ON "staff_members" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_members_insert" ON "staff_members" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_members_update" ON "staff_members" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_members_delete" ON "staff_members" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_names_select" ON "staff_names" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_names_insert" ON "staff_names" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_names_update" ON "staff_names" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "staff_names_delete" ON "staff_names" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "blocks_select" ON "blocks" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "blocks_insert" ON "blocks" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (true));--> statement-breakpoint
CREATE POLICY "blocks_update" ON "blocks" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (true));--> statement-breakpoint
CREATE POLICY "blocks_delete" ON "blocks" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (true));--> statement-breakpoint
CREATE POLICY "cells_select" ON "cells" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "cells_insert" ON "cells" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (true));--> statement-breakpoint
CREATE POLICY "cells_update" ON "cells" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (true));--> statement-breakpoint
CREATE POLICY "cells_delete" ON "cells" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (true));--> statement-breakpoint
CREATE POLICY "dirty_months_select" ON "dirty_months" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market());--> statement-breakpoint
CREATE POLICY "dirty_months_insert" ON "dirty_months" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market());--> statement-breakpoint
CREATE POLICY "dirty_months_update" ON "dirty_months" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market()) WITH CHECK (market_id = app.market());--> statement-breakpoint
CREATE POLICY "dirty_months_delete" ON "dirty_months" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market());--> statement-breakpoint
CREATE POLICY "response_comments_select" ON "response_comments" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "response_comments_insert" ON "response_comments" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "response_comments_update" ON "response_comments" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "response_comments_delete" ON "response_comments" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "response_history_select" ON "response_history" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "response_history_insert" ON "response_history" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() in ('market-manager', 'network', 'administrator', 'service')));--> statement-breakpoint
CREATE POLICY "responses_select" ON "responses" AS PERMISSIVE FOR SELECT TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "responses_insert" ON "responses" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "responses_update" ON "responses" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer()))) WITH CHECK (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));--> statement-breakpoint
CREATE POLICY "responses_delete" ON "responses" AS PERMISSIVE FOR DELETE TO "app_rw" USING (market_id = app.market() and (app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())));