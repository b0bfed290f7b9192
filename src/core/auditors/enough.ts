/** Fewest audits and houses of every auditor before an award may be corrected (methods.md, 5.2). */
export const enough = { audits: 5, dealers: 3 } as const;
