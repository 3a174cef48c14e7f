/** Rounds half away from zero, so that a gain and a loss of the same size look the same; never gives -0. */
export function round(value: number, digits: number): number {
	const scale = 10 ** digits;
	// The nudge lifts values such as 1.005, which binary holds as slightly less.
	const rounded = (Math.sign(value) * Math.round(Math.abs(value) * scale + 1e-9)) / scale;
	return rounded === 0 ? 0 : rounded;
}
