import { appendFileSync, statSync } from 'node:fs';
import {
	type Measurement,
	measurementLine,
	newestMeasurements,
	parseMeasurements,
} from '../core/health/measurements.ts';
import { readFileIfExists, writeFileAtomic } from '../files/atomicFile.ts';
import { hasCode } from '../files/fileError.ts';
import { placeInside } from '../files/place.ts';
import { measurementsFileIn } from './layout.ts';

/** A file above this is cut down to what counts, bytes: about 2,500 lines. */
const LARGEST = 64 * 1024;

/**
 * Notes a measurement beside the live state: one line appended, without a lock and without waiting for the disk, since a figure that
 * a power cut takes is no loss. Where there is no state yet, there is nothing to measure either, and no folder is made.
 */
export async function noteMeasurement(root: string, measurement: Measurement): Promise<void> {
	const path = measurementsFileIn(root);
	const place = await placeInside(path, root);
	try {
		if (sizeOf(place) > LARGEST) await cutDown(root, path);
		// With each change of a session, so it does not wait for a thread.
		appendFileSync(place, `${measurementLine(measurement)}\n`);
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw error;
	}
}

/** What was measured, oldest first. */
export async function readMeasurements(root: string): Promise<Measurement[]> {
	return parseMeasurements((await readFileIfExists(measurementsFileIn(root), root)) ?? '');
}

/** A line that another window adds in this moment is lost, and that is no loss. */
async function cutDown(root: string, path: string): Promise<void> {
	const kept = newestMeasurements(await readMeasurements(root)).map(measurementLine);
	await writeFileAtomic(path, `${kept.join('\n')}\n`, root);
}

function sizeOf(place: string): number {
	return statSync(place, { throwIfNoEntry: false })?.size ?? 0;
}
