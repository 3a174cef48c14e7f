/** Entries a page: the most that GitHub gives. */
export const PAGE = 100;
