import { t } from './l10n.ts';

/** A session may have a thousand. */
const MOST = 10;

interface PullRequestsProps {
	/** Oldest first. */
	numbers: readonly number[];
	/** Shows one on its forge; undefined where that cannot be done. */
	onOpen?: ((number: number) => void) | undefined;
}

/** The newest pull requests of a session. */
export function PullRequests({ numbers, onOpen }: PullRequestsProps) {
	const shown = numbers.slice(-MOST);
	return (
		<>
			{shown.map((number, index) => (
				<span key={number}>
					{index > 0 && ', '}
					{onOpen ? (
						<button
							type="button"
							class="link"
							aria-label={t('Open pull request {0}', `#${number}`)}
							onClick={() => onOpen(number)}
						>
							#{number}
						</button>
					) : (
						`#${number}`
					)}
				</span>
			))}
			{numbers.length > shown.length && ` ${t('and {0} more', numbers.length - shown.length)}`}
		</>
	);
}
