const TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z)|([+-]\d\d:?\d\d)Z?)?$/;

/** What `formatTime` writes of years that have four digits, but for a day that a month does not have. */
const OURS = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** The texts of the times that were written last: most of a state's are the same the next time, and a state may have thousands. */
const texts = new Map<number, string>();
const MOST_TEXTS = 4096;

/** ms UTC as ISO 8601 with milliseconds and `Z`. */
export function formatTime(at: number): string {
	const known = texts.get(at);
	if (known !== undefined) return known;
	const text = new Date(at).toISOString();
	if (texts.size >= MOST_TEXTS) texts.clear();
	texts.set(at, text);
	return text;
}

/** ms UTC as this machine's clock shows it, without a zone and with microseconds: as Python's `datetime.now().isoformat()`. */
export function formatLocalTime(at: number): string {
	const local = new Date(at);
	const two = (value: number) => String(value).padStart(2, '0');
	const date = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
	const clock = [local.getHours(), local.getMinutes(), local.getSeconds()].map(two).join(':');
	return `${date}T${clock}.${String(local.getMilliseconds()).padStart(3, '0')}000`;
}

/**
 * An ISO 8601 time in ms UTC; undefined when it is none. Older tools wrote local times without a zone, with
 * microseconds: those are taken to be in `zone`, an IANA name.
 */
export function parseTime(text: string, zone = 'UTC'): number | undefined {
	// The form that we write ourselves, the fast way.
	if (OURS.test(text)) {
		const at = Date.parse(text);
		// 30 February rolls over into March.
		if (new Date(at).getUTCDate() === twoDigits(text, 8)) return at;
	}
	const match = TIME.exec(text);
	if (!match) return undefined;
	const [, year, month, day, hour, minute, second = '00', fraction = '', utc, offset] = match;
	const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`;
	const asUtc = Date.parse(`${plain}Z`);
	// 30 February rolls over into March.
	if (Number.isNaN(asUtc) || new Date(asUtc).getUTCDate() !== Number(day)) return undefined;
	if (offset) {
		const at = Date.parse(`${plain}${offset.slice(0, 3)}:${offset.slice(-2)}`);
		return Number.isNaN(at) ? undefined : at;
	}
	return utc || zone === 'UTC' ? asUtc : fromZone(asUtc, zone);
}

function twoDigits(text: string, at: number): number {
	return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

/** The moment when the clocks of a zone show what UTC shows at `wall`. When they are put back, the first of the two. */
function fromZone(wall: number, zone: string): number {
	const guess = wall - offsetAt(wall - 24 * 3600_000, zone);
	return wall - offsetAt(guess, zone) === guess ? guess : wall - offsetAt(wall - offsetAt(wall, zone), zone);
}

/** How far a zone's clocks are ahead of UTC at a moment, ms. */
function offsetAt(at: number, zone: string): number {
	const parts = clockOf(zone).formatToParts(at);
	const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
	return shown - Math.floor(at / 1000) * 1000;
}

/** To make one costs more than to use it a hundred times. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
	let clock = clocks.get(zone);
	if (!clock) {
		clock = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		clocks.set(zone, clock);
	}
	return clock;
}

/** Whether this is the name of a time zone that can be reckoned with. */
export function isZone(name: string): boolean {
	try {
		clockOf(name);
		return true;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}
