import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { DetailedCommit, DetailedFile, SessionDetails } from '../core/analytics/sessionDetails.ts';
import { figure, triggerWord } from './analytics/words.ts';
import { Facts } from './facts.tsx';
import { counted, t, told } from './l10n.ts';
import { PullRequests } from './pullRequests.tsx';
import { ScoreBreakdown } from './scoreBreakdown.tsx';
import { moment, span } from './time.ts';
import { useSome } from './useSome.tsx';

const MINUTE = 60_000;
/** How many commits or files are drawn at once. */
const PAGE = 50;

/** Details that are there, or why there are none; undefined while they are read. */
export type Details = { details: SessionDetails } | { failed: string } | undefined;

interface SessionPageProps {
	row: AnalyticsRow;
	details: Details;
	/** ms UTC. */
	now: number;
	onBack: () => void;
	/** Shows a pull request on its forge; undefined where that cannot be done. */
	onPullRequest?: (number: number) => void;
}

/** All there is to one completed session. */
export function SessionPage({ row, details, now, onBack, onPullRequest }: SessionPageProps) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), [row.id]);
	return (
		<article class="session-page">
			<button type="button" class="link" onClick={onBack}>
				← {t('All sessions')}
			</button>
			<h1 ref={heading} tabIndex={-1}>
				{row.title ?? row.id}
			</h1>
			<About row={row} now={now} onPullRequest={onPullRequest} />
			<DetailsOf details={details} row={row} now={now} />
			<Trailers row={row} />
		</article>
	);
}

interface AboutProps {
	row: AnalyticsRow;
	now: number;
	onPullRequest: SessionPageProps['onPullRequest'];
}

function About({ row, now, onPullRequest }: AboutProps) {
	const { id, author, agent, startedAt, completedAt, minutes, trigger, files, tests, docs, pullRequests } = row;
	const facts: [string, ComponentChildren][] = [
		[t('Session'), id],
		[t('Author'), agent ? `${author} · ${agent}` : author],
		[t('Time'), `${t('{0} to {1}', moment(startedAt, now), moment(completedAt, now))} · ${span(minutes * MINUTE)}`],
		[t('Completed by'), triggerWord(trigger)],
		[t('Net change'), [counted('file', files), counted('new test', tests), counted('document', docs)].join(', ')],
		[
			t('Pull requests'),
			pullRequests.length > 0 ? <PullRequests numbers={pullRequests} onOpen={onPullRequest} /> : t('none'),
		],
	];
	return (
		<dl class="page">
			{facts.map(([name, value]) => (
				<>
					<dt key={name}>{name}</dt>
					<dd>{value}</dd>
				</>
			))}
		</dl>
	);
}

function DetailsOf({ details, row, now }: { details: Details; row: AnalyticsRow; now: number }) {
	if (!details) {
		return (
			<p class="quiet" role="status">
				{t('Reading its commits…')}
			</p>
		);
	}
	if ('failed' in details) {
		return (
			<section class="card" role="status">
				<p>{told(details.failed)}</p>
			</section>
		);
	}
	const { commits, missing, files, score, problems } = details.details;
	return (
		<>
			<ScoreBreakdown recorded={row} score={score} problems={problems} />
			{missing > 0 && (
				<p class="card" role="status">
					{commits.length === 0
						? t('Its commits are not in this clone: they were rewritten since, or are still to be fetched.')
						: missing === 1
							? t('1 of its commits is not in this clone, and not shown.')
							: t('{0} of its commits are not in this clone, and not shown.', missing)}
				</p>
			)}
			{commits.length > 0 && (
				<Part title={counted('commit', commits.length)}>
					<Commits commits={commits} now={now} />
				</Part>
			)}
			{files.length > 0 && (
				<Part title={counted('file', files.length)}>
					<Files files={files} />
				</Part>
			)}
		</>
	);
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<section>
			<h2>{title}</h2>
			{children}
		</section>
	);
}

/** A line of time: one dot for each commit. */
function Commits({ commits, now }: { commits: readonly DetailedCommit[]; now: number }) {
	const [shown, more] = useSome(commits, PAGE);
	return (
		<>
			<ol class="commits">
				{shown.map(({ sha, subject, at, files }) => (
					<li key={sha}>
						<span>{subject || t('(no message)')}</span>
						<Facts
							facts={[
								moment(at, now),
								<span key="sha" class="id">
									{sha.slice(0, 7)}
								</span>,
								counted('file', files),
							]}
						/>
					</li>
				))}
			</ol>
			{more}
		</>
	);
}

/** By folder, each with its files; what a file took part in stands beside it. */
function Files({ files }: { files: readonly DetailedFile[] }) {
	const [shown, more] = useSome(files, PAGE);
	const folders = new Map<string, DetailedFile[]>();
	for (const file of shown) {
		const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
		folders.set(folder, [...(folders.get(folder) ?? []), file]);
	}
	const scored = files.some(({ score }) => score !== undefined);
	return (
		<>
			<table class="plain-table files">
				<thead>
					<tr>
						<th scope="col">{t('File')}</th>
						<th scope="col">{t('Change')}</th>
						{scored && (
							<th scope="col" class="number">
								{t('Points')}
							</th>
						)}
					</tr>
				</thead>
				{[...folders].map(([folder, its]) => (
					<tbody key={folder}>
						<tr>
							<th scope="rowgroup" colSpan={scored ? 3 : 2} class="id folder">
								{folder || './'}
							</th>
						</tr>
						{its.map(({ path, kind, score }) => (
							<tr key={path}>
								<th scope="row" class="id">
									{path.slice(folder.length)}
								</th>
								<td class="quiet">{kindWord(kind)}</td>
								{scored && <td class="number">{score === undefined ? '–' : signed(score)}</td>}
							</tr>
						))}
					</tbody>
				))}
			</table>
			{more}
			{scored && <p class="quiet">{t('A reason counts in full for each file that it names.')}</p>}
		</>
	);
}

function kindWord(kind: DetailedFile['kind']): string {
	switch (kind) {
		case 'A':
			return t('added');
		case 'D':
			return t('deleted');
		case 'R':
			return t('renamed');
		default:
			return t('changed');
	}
}

function signed(points: number): string {
	return points > 0 ? `+${figure(points)}` : figure(points);
}

function Trailers({ row: { id, trigger, completedAt } }: { row: AnalyticsRow }) {
	const [copied, setCopied] = useState(false);
	const text = useRef<HTMLPreElement>(null);
	const ended = new Date(completedAt).toISOString().replace(/\.\d+Z$/, 'Z');
	const trailers = `Session-Id: ${id}\nSession-End: ${trigger} ${ended}`;
	async function copy(): Promise<void> {
		try {
			await navigator.clipboard.writeText(trailers);
			setCopied(true);
		} catch {
			// A browser may refuse a page the clipboard: what is selected can be copied by key.
			if (text.current) getSelection()?.selectAllChildren(text.current);
		}
	}
	return (
		<section>
			<h2>{t('Trailers')}</h2>
			<pre ref={text}>{trailers}</pre>
			<div class="buttons">
				<button type="button" class="secondary" onClick={() => void copy()}>
					{t('Copy Trailers')}
				</button>
				<span role="status" class="quiet">
					{copied && t('Copied.')}
				</span>
			</div>
		</section>
	);
}
