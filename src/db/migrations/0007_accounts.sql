CREATE FUNCTION app.principal() RETURNS boolean LANGUAGE sql STABLE
  RETURN coalesce(nullif(current_setting('app.principal', true), '')::boolean, false);
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.principal() TO app_rw;
--> statement-breakpoint
CREATE TABLE "accounts" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text,
	"totp_secret" text,
	"totp_confirmed_at" timestamp (3) with time zone,
	"totp_step" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid,
	"content" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "challenges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "grant_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"grant" jsonb NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"is_granted" boolean,
	CONSTRAINT "grant_requests_second_person" CHECK ("grant_requests"."decided_by" is null or "grant_requests"."is_granted" is false or "grant_requests"."decided_by" <> "grant_requests"."asked_by")
);
--> statement-breakpoint
ALTER TABLE "grant_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identities" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "identities_issuer_subject_pk" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
ALTER TABLE "identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "links" (
	"sha256" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"person_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "links_purpose_known" CHECK ("links"."purpose" in ('set-up', 'invitation', 'reset'))
);
--> statement-breakpoint
ALTER TABLE "links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "passkeys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"sha256" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"method" text NOT NULL,
	"device_sha256" text NOT NULL,
	"agent" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "principal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "home_market_id" integer;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "home_dealer_id" integer;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "scope" jsonb;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "reads_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "challenges_expiry_index" ON "challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "passkeys_person_index" ON "passkeys" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_person_index" ON "sessions" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_principal_of_house" CHECK (not "grants"."principal" or "grants"."role" = 'dealer');--> statement-breakpoint
CREATE POLICY "accounts_select" ON "accounts" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "accounts_insert" ON "accounts" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'gate', 'administrator') or (app.role() = 'dealer' and app.principal()));--> statement-breakpoint
CREATE POLICY "accounts_update" ON "accounts" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person())) WITH CHECK (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "attempts_select" ON "attempts" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "attempts_insert" ON "attempts" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "attempts_update" ON "attempts" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'gate')) WITH CHECK (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "attempts_delete" ON "attempts" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "challenges_select" ON "challenges" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'administrator' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "challenges_insert" ON "challenges" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'administrator' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "challenges_delete" ON "challenges" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'administrator' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "grant_requests_select" ON "grant_requests" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "grant_requests_insert" ON "grant_requests" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "grant_requests_update" ON "grant_requests" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator')) WITH CHECK (app.role() in ('service', 'administrator'));--> statement-breakpoint
CREATE POLICY "identities_select" ON "identities" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "identities_insert" ON "identities" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "links_select" ON "links" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "links_insert" ON "links" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'gate', 'administrator') or (app.role() = 'dealer' and app.principal()));--> statement-breakpoint
CREATE POLICY "links_update" ON "links" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'gate')) WITH CHECK (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "passkeys_select" ON "passkeys" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "passkeys_insert" ON "passkeys" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'administrator' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "passkeys_update" ON "passkeys" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'gate')) WITH CHECK (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "passkeys_delete" ON "passkeys" AS PERMISSIVE FOR DELETE TO "app_rw" USING (app.role() in ('service', 'administrator') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "sessions_select" ON "sessions" AS PERMISSIVE FOR SELECT TO "app_rw" USING (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
CREATE POLICY "sessions_insert" ON "sessions" AS PERMISSIVE FOR INSERT TO "app_rw" WITH CHECK (app.role() in ('service', 'gate'));--> statement-breakpoint
CREATE POLICY "sessions_update" ON "sessions" AS PERMISSIVE FOR UPDATE TO "app_rw" USING (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person())) WITH CHECK (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
ALTER POLICY "grants_select" ON "grants" TO app_rw USING (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and (person_id = app.person() or (app.principal() and role = 'dealer' and market_id = app.market() and dealer_id = app.dealer() and not principal))));--> statement-breakpoint
ALTER POLICY "grants_insert" ON "grants" TO app_rw WITH CHECK (app.role() in ('service', 'administrator') or (app.role() = 'dealer' and (app.principal() and role = 'dealer' and market_id = app.market() and dealer_id = app.dealer() and not principal)));--> statement-breakpoint
ALTER POLICY "grants_delete" ON "grants" TO app_rw USING (app.role() in ('service', 'administrator') or (app.role() = 'dealer' and (app.principal() and role = 'dealer' and market_id = app.market() and dealer_id = app.dealer() and not principal)));--> statement-breakpoint
ALTER POLICY "people_select" ON "people" TO app_rw USING (app.role() in ('service', 'market-manager', 'administrator', 'network', 'gate') or (app.role() = 'auditor' and id = app.person()) or (app.role() = 'dealer' and (id = app.person() or (app.principal() and home_market_id = app.market() and home_dealer_id = app.dealer()))));--> statement-breakpoint
ALTER POLICY "people_insert" ON "people" TO app_rw WITH CHECK (app.role() in ('service', 'market-manager', 'administrator') or (app.role() = 'dealer' and app.principal() and home_market_id = app.market() and home_dealer_id = app.dealer()));--> statement-breakpoint
ALTER POLICY "tokens_select" ON "tokens" TO app_rw USING (app.role() in ('service', 'administrator', 'gate') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
ALTER POLICY "tokens_insert" ON "tokens" TO app_rw WITH CHECK (app.role() in ('service', 'administrator') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));--> statement-breakpoint
ALTER POLICY "tokens_update" ON "tokens" TO app_rw USING (app.role() in ('service', 'administrator') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person())) WITH CHECK (app.role() in ('service', 'administrator') or (app.role() = 'market-manager' and person_id = app.person()) or (app.role() = 'network' and person_id = app.person()) or (app.role() = 'auditor' and person_id = app.person()) or (app.role() = 'dealer' and person_id = app.person()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "accounts" TO app_rw;
--> statement-breakpoint
ALTER TABLE "accounts" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "attempts" TO app_rw;
--> statement-breakpoint
ALTER TABLE "attempts" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "challenges" TO app_rw;
--> statement-breakpoint
ALTER TABLE "challenges" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "grant_requests" TO app_rw;
--> statement-breakpoint
ALTER TABLE "grant_requests" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT ON "identities" TO app_rw;
--> statement-breakpoint
ALTER TABLE "identities" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "links" TO app_rw;
--> statement-breakpoint
ALTER TABLE "links" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "passkeys" TO app_rw;
--> statement-breakpoint
ALTER TABLE "passkeys" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "sessions" TO app_rw;
--> statement-breakpoint
ALTER TABLE "sessions" FORCE ROW LEVEL SECURITY;
