import { readAnalytics } from '../../app/analytics.ts';
import { allSessions, exportOlder } from '../../app/exportSessions.ts';
import type { Workspace } from '../../app/workspace.ts';
import { analyticsCsv } from '../../core/analytics/exportText.ts';
import type { CompletedSession } from '../../core/completedSession.ts';
import { UserError } from '../../core/userError.ts';
import { sessionJson } from '../describe.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, write } from '../output.ts';
import { isoTime } from '../words.ts';

const FORMATS: Readonly<Record<string, (workspace: Workspace) => Promise<string>>> = {
	older: exportOlder,
	json: asJson,
	csv: async (workspace) => analyticsCsv((await readAnalytics(workspace)).rows),
};

export async function exportSessions(options: CommonOptions & { format: string }): Promise<number> {
	const format = Object.hasOwn(FORMATS, options.format) ? FORMATS[options.format] : undefined;
	if (!format) {
		throw new UserError(`--format is one of ${Object.keys(FORMATS).join(', ')}, not "${options.format}".`);
	}
	if (options.json && options.format === 'csv') throw new UserError('Give one of --json and --format csv.');
	write('stdout', await format(await openWorkspace(options)));
	return 0;
}

async function asJson(workspace: Workspace): Promise<string> {
	const { open, completed } = await allSessions(workspace);
	return `${JSON.stringify({ open: open.map(sessionJson), completed: completed.map(completedJson) })}\n`;
}

/** Times are UTC. */
function completedJson({ startedAt, lastActivityAt, completedAt, ...rest }: CompletedSession) {
	return {
		...rest,
		started: isoTime(startedAt),
		lastActivity: isoTime(lastActivityAt),
		completed: isoTime(completedAt),
	};
}
