import { Command, CommanderError } from 'commander';
import { addAuditorCommands } from './auditors.ts';
import { addBackupCommands } from './backup.ts';
import { addBundleCommand } from './bundle.ts';
import { addChecklistCommands } from './checklists.ts';
import { addComplaintCommands } from './complaints.ts';
import { addDecisionCommands } from './decisions.ts';
import { addFirmnessCommands } from './firmness.ts';
import { addImportCommands } from './imports.ts';
import { addLogCommands } from './log.ts';
import { addMaintenanceCommands } from './maintenance.ts';
import { addPeopleCommands } from './people.ts';
import { addResultCommands } from './results.ts';
import { problemParts } from './runner.ts';
import { addSurveyCommands } from './surveys.ts';
import { addWhatIfCommands } from './what-if.ts';

if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error('Omotenashi needs Node 24; use `npm run cli -- …`, which brings its own.');
  process.exit(1);
}

const program = new Command('npm run cli --')
  .description(
    'Audits, indices, rankings and awards of a dealer network. Works on the data folder (DATA_DIR) or DATABASE_URL; while a server holds the folder, through that server.',
  )
  .option('--json', 'for programs: one JSON document on standard output')
  .option('--as <person>', 'act as this person instead of as the owner of the machine')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();
addMaintenanceCommands(program);
addBackupCommands(program);
addPeopleCommands(program);
addLogCommands(program);
addImportCommands(program);
addBundleCommand(program);
addChecklistCommands(program);
addResultCommands(program);
addSurveyCommands(program);
addComplaintCommands(program);
addAuditorCommands(program);
addFirmnessCommands(program);
addWhatIfCommands(program);
addDecisionCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Says what went wrong on standard error. Exit codes: 1 refused, 2 wrong call, 3 other. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const parts = problemParts(error);
  if (!parts) {
    console.error((error as Error).message);
    return 3;
  }
  console.error(parts.detail === parts.title ? parts.title : `${parts.title}: ${parts.detail}`);
  for (const fault of parts.errors.slice(0, 50)) {
    const place =
      fault.line === undefined
        ? fault.pointer
        : `line ${fault.line}${fault.column === undefined ? '' : `, column ${fault.column}`}`;
    console.error(
      `  ${place}: ${fault.detail}${fault.line !== undefined && fault.pointer.length > 1 && typeof fault.column === 'number' ? `  (${fault.pointer})` : ''}`,
    );
  }
  if (parts.errors.length > 50) console.error(`  … and ${parts.errors.length - 50} more`);
  return 1;
}
