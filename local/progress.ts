/** Told what is being done: short phrases for one line of a display. */
export type Progress = (step: string) => void;
