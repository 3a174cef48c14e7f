import type { Session } from '../core/session.ts';
import type { QueuedPublish } from '../store/state.ts';
import type { Standing } from './standing.ts';
import { commits, l10n, span } from './words.ts';

/** What the status bar shows. */
export interface StatusLook {
	/** With codicons, as the editor's labels take them. */
	text: string;
	/** The same for a screen reader. */
	spoken: string;
	/** Drawn in the colours of a warning. */
	warns: boolean;
}

interface Options {
	/** `autoPr.statusBar.whenIdle`. */
	whenIdle: 'show' | 'hide';
	/** `autoPr.idleWarning` is not off. */
	warns: boolean;
	/** ms UTC. */
	now: number;
}

/** What the status bar shows; undefined: nothing. */
export function statusLook(standing: Standing, options: Options): StatusLook | undefined {
	switch (standing.stage) {
		case 'loading':
		case 'no repository':
			return undefined;
		case 'failed':
			return look('$(warning)', l10n.t('Auto-PR: not tracking'));
		case 'restricted': {
			const here = standing.overview?.here;
			return here ? lookOf(here, 0, { ...options, warns: false }) : idleLook(0, options, '$(shield)');
		}
		case 'ready': {
			const { here, queue } = standing.view.overview;
			const waiting = queue.filter(isWaiting).length;
			return here ? lookOf(here, waiting, options) : idleLook(waiting, options);
		}
	}
}

/** Whether trailers wait that could be there: those of a running session are simply early. */
export function isWaiting(entry: QueuedPublish): boolean {
	return entry.ending !== undefined;
}

function lookOf(session: Session, waiting: number, { warns, now }: Options): StatusLook {
	const count = commits(session.commits.length);
	if (session.status === 'warning' && warns) {
		const idle = l10n.t('idle {0}', span(now - session.lastActivityAt));
		return look('$(clock)', `${idle} · ${count}`, waiting, true);
	}
	return look('$(layers-active)', `${count} · ${span(now - session.startedAt)}`, waiting);
}

function idleLook(waiting: number, { whenIdle }: Options, icon = '$(layers)'): StatusLook | undefined {
	return whenIdle === 'hide' ? undefined : look(icon, l10n.t('No session'), waiting);
}

function look(icon: string, words: string, waiting = 0, warns = false): StatusLook {
	const queue = waiting === 0 ? '' : ` $(cloud-upload) ${waiting}`;
	const spokenQueue = waiting === 0 ? '' : `, ${l10n.t('{0} waiting to be published', waiting)}`;
	const spoken = `${l10n.t('Auto-PR session')}: ${words.replaceAll(' · ', ', ')}${spokenQueue}`;
	return { text: `${icon} ${words}${queue}`, spoken, warns };
}
