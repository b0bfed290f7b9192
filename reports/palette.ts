/** Colours of paper: one ink, one grey, one accent, one hairline; one red for what failed. */
export const ink = '#24262A';
export const muted = '#5C6068';
export const accent = '#23507A';
export const line = '#DDD7CA';
export const bad = '#A6311C';
