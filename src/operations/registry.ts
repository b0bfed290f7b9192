import {
  changePassword,
  confirmTotp,
  endSession,
  getAccount,
  issueOwnToken,
  removeTotp,
  revokeOwnToken,
  startTotp,
} from './accounts/account.ts';
import { addPasskey, removePasskey, startPasskey } from './accounts/passkeys.ts';
import { listOwnAssignments, moveAssignmentOn, offerAssignment } from './assignments/steps.ts';
import { reportAuditors } from './auditors/report.ts';
import {
  decideAppeal,
  fileAppeal,
  getAppealById,
  listAppealRows,
  previewAppeal,
} from './audits/appeal.ts';
import { getEvidence, uploadEvidence } from './audits/evidence.ts';
import { getAuditById, listAuditPage } from './audits/read.ts';
import { renderAudit } from './audits/report.ts';
import {
  amendAudit,
  approveAudit,
  correctAudit,
  releaseAudit,
  returnAudit,
  takeAuditUp,
  withdrawAudit,
} from './audits/review.ts';
import { submitAudit } from './audits/submit.ts';
import { renderCertificate } from './awards/certificate-paper.ts';
import {
  confirmDecision,
  freezeDecision,
  proposeDecision,
  publishDecision,
  withdrawDecision,
} from './awards/decide.ts';
import { reportFirmness } from './awards/firmness.ts';
import { drawMarketRanking, rankMarket, rankNetwork } from './awards/rank.ts';
import { getDecision, getDecisionPackage, listDecisions } from './awards/read.ts';
import { waiveGate } from './awards/waive.ts';
import { tryAward, tryNetwork } from './awards/what-if.ts';
import { makeBackup, restoreBackup } from './backup/backup.ts';
import { listComplaintRows } from './complaints/register.ts';
import { reportComplaints } from './complaints/report.ts';
import { convertWorkbook, exportChecklist } from './documents/exchange.ts';
import { publishDocument, retireDocument } from './documents/move.ts';
import { compareDocuments, getDocument, listDocumentVersions } from './documents/read.ts';
import { saveDocument } from './documents/save.ts';
import { keepOwnDraft, listOwnDrafts } from './drafts/drafts.ts';
import { listExportJobs, requestExport, takeExportFile } from './exports/exports.ts';
import { listFigureRows } from './figures/list.ts';
import { importFile, importJson, importMarkets } from './imports/run.ts';
import { importTemplate } from './imports/template.ts';
import { compareIndex } from './indices/compare.ts';
import { computeIndex } from './indices/compute.ts';
import { trendIndex } from './indices/trend.ts';
import { listKeys, rotateKey } from './log/keys.ts';
import { exportLog, exportNetworkLog, listLog, listNetworkLog } from './log/read.ts';
import { verifyLog } from './log/verify.ts';
import { getBrand, setBrand } from './network/brand.ts';
import {
  getDealerByCode,
  getMarketSettings,
  listDealerPage,
  listOwnMarkets,
} from './network/read.ts';
import type { Operation } from './operation.ts';
import { drawOverview, showOverview } from './overview/overview.ts';
import { decideGrant, requestGrant, revokeGrant } from './people/grants.ts';
import { inviteToHouse, listHouse, removeFromHouse } from './people/house.ts';
import { invitePerson, listAllPeople, resetPerson } from './people/people.ts';
import { issueToken, revokeToken } from './people/tokens.ts';
import { getPrivacy, keepRetention, setPrivacy } from './privacy/retention.ts';
import {
  endHold,
  erasePerson,
  eraseSubject,
  exportPerson,
  exportSubject,
  holdPerson,
  liftPerson,
  placeHold,
} from './privacy/subjects.ts';
import { rebuildCells, withdrawResponse } from './responses/maintain.ts';
import {
  drawPreviewChart,
  drawScorecardChart,
  getScorecard,
  listScorecards,
  previewScorecard,
  releaseScorecards,
  renderScorecard,
} from './scorecards/scorecards.ts';
import { reportDrivers } from './surveys/drivers.ts';
import { answerSurvey, inviteCustomers, openSurvey } from './surveys/links.ts';
import { reportQuestions } from './surveys/questions.ts';
import { reportSigns } from './surveys/signs.ts';

/** Every act, by name. The local command door and the documentation read this list. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  (
    [
      makeBackup,
      restoreBackup,
      listOwnMarkets,
      getMarketSettings,
      getBrand,
      setBrand,
      listDealerPage,
      getDealerByCode,
      saveDocument,
      publishDocument,
      retireDocument,
      listDocumentVersions,
      getDocument,
      compareDocuments,
      exportChecklist,
      convertWorkbook,
      offerAssignment,
      moveAssignmentOn,
      listOwnAssignments,
      keepOwnDraft,
      listOwnDrafts,
      submitAudit,
      uploadEvidence,
      getEvidence,
      listAuditPage,
      getAuditById,
      renderAudit,
      takeAuditUp,
      approveAudit,
      returnAudit,
      correctAudit,
      releaseAudit,
      withdrawAudit,
      amendAudit,
      fileAppeal,
      getAppealById,
      listAppealRows,
      previewAppeal,
      decideAppeal,
      importFile,
      importJson,
      importMarkets,
      importTemplate,
      withdrawResponse,
      rebuildCells,
      computeIndex,
      compareIndex,
      trendIndex,
      reportQuestions,
      reportDrivers,
      reportSigns,
      inviteCustomers,
      openSurvey,
      answerSurvey,
      listFigureRows,
      requestExport,
      listExportJobs,
      takeExportFile,
      showOverview,
      drawOverview,
      reportComplaints,
      listComplaintRows,
      rankMarket,
      drawMarketRanking,
      reportAuditors,
      reportFirmness,
      tryAward,
      tryNetwork,
      rankNetwork,
      freezeDecision,
      proposeDecision,
      confirmDecision,
      publishDecision,
      renderCertificate,
      withdrawDecision,
      getDecision,
      listDecisions,
      getDecisionPackage,
      waiveGate,
      releaseScorecards,
      previewScorecard,
      drawPreviewChart,
      listScorecards,
      getScorecard,
      drawScorecardChart,
      renderScorecard,
      getPrivacy,
      setPrivacy,
      keepRetention,
      exportSubject,
      eraseSubject,
      placeHold,
      endHold,
      exportPerson,
      erasePerson,
      holdPerson,
      liftPerson,
      listLog,
      listNetworkLog,
      exportLog,
      exportNetworkLog,
      verifyLog,
      listKeys,
      rotateKey,
      issueToken,
      revokeToken,
      listAllPeople,
      invitePerson,
      resetPerson,
      requestGrant,
      decideGrant,
      revokeGrant,
      listHouse,
      inviteToHouse,
      removeFromHouse,
      getAccount,
      changePassword,
      startTotp,
      confirmTotp,
      removeTotp,
      startPasskey,
      addPasskey,
      removePasskey,
      endSession,
      issueOwnToken,
      revokeOwnToken,
    ] as unknown as Operation[]
  ).map((operation) => [operation.name, operation]),
);
