import { Fragment } from 'preact';
import type { ListedSession, OpenSession } from './protocol.ts';
import { counted, moment, span } from './time.ts';

interface OpenListProps {
	heading: string;
	sessions: readonly OpenSession[];
	now: number;
}

/** Open sessions that nothing can be done to from here. */
export function OpenList({ heading, sessions, now }: OpenListProps) {
	return (
		<section aria-labelledby="open">
			<h2 id="open">{heading}</h2>
			<ul class="rows">
				{sessions.map(({ id, title, author, commits, startedAt, status }) => (
					<li key={id}>
						<span class="row-name" title={id}>
							{title ?? id}
						</span>
						<Facts
							facts={[
								author,
								counted(commits, 'commit'),
								span(now - startedAt),
								...(status === 'warning' ? ['idle'] : []),
							]}
						/>
					</li>
				))}
			</ul>
		</section>
	);
}

/** What completed each session, in words. */
const ENDED_BY: Readonly<Record<string, string>> = {
	explicit: 'ended by hand',
	timeout: 'timed out',
	heuristic: 'rounded off',
	closed: 'pull request closed',
	orphaned: 'orphaned',
};

/** The newest completed sessions. */
export function CompletedList({ sessions, now }: { sessions: readonly ListedSession[]; now: number }) {
	return (
		<section aria-labelledby="completed">
			<h2 id="completed">Completed</h2>
			{sessions.length === 0 ? (
				<p class="quiet">Sessions that completed are listed here, the newest first.</p>
			) : (
				<ul class="rows">
					{sessions.map((session) => (
						<CompletedRow key={session.id} session={session} now={now} />
					))}
				</ul>
			)}
		</section>
	);
}

function CompletedRow({ session, now }: { session: ListedSession; now: number }) {
	const { id, title, completedAt, minutes, commits, files, trigger, pullRequests, score } = session;
	const endedBy = (Object.hasOwn(ENDED_BY, trigger) && ENDED_BY[trigger]) || trigger;
	const facts = [
		moment(completedAt, now),
		counted(commits, 'commit'),
		counted(files, 'file'),
		span(minutes * 60_000),
		endedBy,
		...pullRequests.map((number) => `#${number}`),
	];
	return (
		<li>
			<span class="row-name" title={id}>
				{title ?? id}
			</span>
			{score !== undefined && <span class="score">{score}</span>}
			<Facts facts={facts} />
		</li>
	);
}

/** Short facts in a row, which breaks between them alone. */
function Facts({ facts }: { facts: readonly string[] }) {
	return (
		<span class="quiet">
			{facts.map((fact, index) => (
				<Fragment key={fact}>
					<span class="fact">{index < facts.length - 1 ? `${fact} ·` : fact}</span>{' '}
				</Fragment>
			))}
		</span>
	);
}
