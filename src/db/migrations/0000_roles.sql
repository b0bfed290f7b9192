-- The role that the service takes on in every transaction. It owns nothing and may only do what is granted.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_rw') THEN
    CREATE ROLE app_rw NOLOGIN NOINHERIT;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- roles belong to the whole server: another database of it was quicker
END $$;
--> statement-breakpoint
-- Whoever runs the migrations may take the role on; the login of DATABASE_URL gets it from `migrate`.
DO $$ BEGIN
  IF NOT pg_has_role(current_user, 'app_rw', 'member') THEN
    EXECUTE format('GRANT app_rw TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
CREATE SCHEMA app;
--> statement-breakpoint
-- What the policies read: settings of the transaction alone. An unset one is '' after the first use.
CREATE FUNCTION app.market() RETURNS integer LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.market', true), '')::integer;
--> statement-breakpoint
CREATE FUNCTION app.dealer() RETURNS integer LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.dealer', true), '')::integer;
--> statement-breakpoint
CREATE FUNCTION app.person() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.person', true), '')::uuid;
--> statement-breakpoint
CREATE FUNCTION app.role() RETURNS text LANGUAGE sql STABLE
  RETURN coalesce(nullif(current_setting('app.role', true), ''), 'nobody');
--> statement-breakpoint
GRANT USAGE ON SCHEMA app TO app_rw;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.market(), app.dealer(), app.person(), app.role() TO app_rw;
