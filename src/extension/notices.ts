/** A button of a notification. */
export interface Offer {
	label: string;
	act(): unknown;
}

/** Something that nobody asked for and the user should know. */
export interface Notice {
	sentence: string;
	severity: 'warning' | 'error';
	offers: readonly Offer[];
}

/** The sentences that the user does not want to see again, kept beyond this window. */
interface Silenced {
	read(): readonly string[];
	write(sentences: readonly string[]): void;
}

/** What notices need of the editor. */
interface Surroundings {
	/** Shows one notice; resolves when it is gone, to the button that was pressed. */
	show(notice: Notice): PromiseLike<string | undefined>;
	silenced: Silenced;
	/** The label of the button that silences. */
	dontShowAgain: string;
	/** What a button does did not work out. */
	failed(error: unknown): void;
}

/** How many silenced sentences are remembered. */
const MOST = 100;

/** Tells notices one at a time, each once in this window, and never again where the user said so. */
export class Notices {
	readonly #surroundings: Surroundings;
	readonly #told = new Set<string>();
	readonly #waiting: Notice[] = [];
	#showing = false;

	constructor(surroundings: Surroundings) {
		this.#surroundings = surroundings;
	}

	/** Counts as told without a notice: the user has seen it otherwise. */
	noteTold(sentence: string): void {
		this.#told.add(sentence);
	}

	/** @returns whether the notice is new and will be shown. */
	tell(notice: Notice): boolean {
		const { sentence } = notice;
		if (this.#told.has(sentence) || this.#surroundings.silenced.read().includes(sentence)) return false;
		this.#told.add(sentence);
		this.#waiting.push(notice);
		if (!this.#showing) void this.#showAll();
		return true;
	}

	async #showAll(): Promise<void> {
		this.#showing = true;
		for (let notice = this.#waiting.shift(); notice; notice = this.#waiting.shift()) {
			try {
				await this.#show(notice);
			} catch (error) {
				this.#surroundings.failed(error);
			}
		}
		this.#showing = false;
	}

	async #show(notice: Notice): Promise<void> {
		const { dontShowAgain } = this.#surroundings;
		const offers = [...notice.offers, { label: dontShowAgain, act: () => this.#remember(notice.sentence) }];
		const pressed = await this.#surroundings.show({ ...notice, offers });
		await offers.find(({ label }) => label === pressed)?.act();
	}

	#remember(sentence: string): void {
		const { silenced } = this.#surroundings;
		silenced.write([...silenced.read(), sentence].slice(-MOST));
	}
}
