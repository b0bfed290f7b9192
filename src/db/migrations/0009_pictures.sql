ALTER TABLE "files" ADD COLUMN "stored_sha256" text;--> statement-breakpoint
ALTER TABLE "files" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Until now the bytes were kept as they were sent.
UPDATE "files" SET "stored_sha256" = "sha256";
--> statement-breakpoint
ALTER TABLE "files" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "files" ALTER COLUMN "stored_sha256" SET NOT NULL;
