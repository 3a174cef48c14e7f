/** Why points were given or taken. */
export interface Reason {
	/** A category of the rubric or `penalties`; of a team's own scorer, whatever it says. */
	category: string;
	/** Two decimals; 0 where it only says why there are none. */
	points: number;
	/** A sentence, free of text from the repository but for a rule's cleaned name. */
	because: string;
	/** The files that it is about; absent where it is about the session as a whole. */
	paths?: string[];
}
