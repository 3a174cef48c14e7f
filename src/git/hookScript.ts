/** The hooks of ours. git runs the first before a message is edited, the second after. */
export const HOOK_NAMES = ['prepare-commit-msg', 'commit-msg'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

/** Stands in every script of ours, whatever its version. */
export const MARK = '# Auto-PR Sessions: commit hook';

/** What is added to the name of a hook that was there before. */
export const CHAINED = '.auto-pr-chained';

/**
 * How a hook that was there before is run: as it is, or read by its shell under the hook's own name, which husky and
 * others look at to learn which hook they are.
 */
export type Chain = 'exec' | 'sh' | 'bash';

/**
 * A hook of ours: POSIX sh, and no process at all unless a session is to be written.
 *
 * A message that is blank when git opens the editor is left alone, as is an untouched template: git gives up such a
 * commit, and a trailer would make it go through. `commit-msg` looks again after the editor. (`--no-verify` skips
 * that hook, so a message typed in the editor under it gets no trailer.)
 */
export function hookScript(name: HookName, chain?: Chain): string {
	const own = name === 'prepare-commit-msg' ? PREPARE : AFTER_EDITOR;
	return ['#!/bin/sh', MARK, chain ? chained(name, chain) : '', NOTE.trim(), own.trim(), DECIDE.trim(), ''].join('\n');
}

function chained(name: HookName, chain: Chain): string {
	const file = `"\${0%/*}/${name}${CHAINED}"`;
	const run = chain === 'exec' ? `${file} "$@"` : `${chain} -c '. "$0${CHAINED}"' "$0" "$@"`;
	return `# The hook that was here before runs first.\nif [ -x ${file} ]; then ${run} || exit $?; fi\n`;
}

/** Finds what `hookNote.ts` wrote. git starts hooks at the top of the work tree. */
const NOTE = `
dir=\${GIT_DIR:-.git}
if [ -f "$dir" ]; then
	IFS= read -r dir <"$dir"
	dir=\${dir#gitdir: }
fi
note=$dir/auto-pr/hook
[ -f "$note" ] || exit 0
# A merge is nobody's session.
[ ! -f "$dir/MERGE_HEAD" ] || exit 0
# A rebase makes again what was made before. What a person commits while it has stopped is theirs.
[ ! -d "$dir/rebase-merge" ] || [ -f "$dir/rebase-merge/stopped-sha" ] || exit 0
pending=$note-pending
`;

const PREPARE = `
[ "\${2-}" != merge ] || [ -f "$dir/CHERRY_PICK_HEAD" ] || [ -f "$dir/REVERT_HEAD" ] || exit 0
subject=
case \${2-} in
'' | template) ;;
*)
	count=0
	# What a last line without its line break holds stays in $line; so does what is beyond a long message's beginning.
	while IFS= read -r line; do
		case $line in
		'#' | '# '* | '#	'*) ;;
		*[![:space:]]*) [ -n "$subject" ] || subject=$line ;;
		esac
		count=$((count + 1))
		[ "$count" -lt 100 ] || break
	done <"$1"
	[ -n "$subject" ] || subject=$line
	unended=$line
	;;
esac
if [ -z "$subject" ]; then
	cat "$1" >"$pending"
	exit 0
fi
[ ! -s "$pending" ] || : >"$pending"
`;

const AFTER_EDITOR = `
[ -s "$pending" ] || exit 0
# The message as git will have it: without comments, and without the diff of commit -v.
text() {
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in *'------------------------ >8 ------------------------'*) break ;; esac
		printf '%s\\n' "$line"
	done <"$1" | git stripspace --strip-comments
}
before=$(text "$pending")
after=$(text "$1")
: >"$pending"
[ "$before" != "$after" ] || exit 0
subject=\${after%%
*}
count=
unended=$(tail -c 1 "$1")
`;

const DECIDE = `
{
	IFS= read -r id && read -r deadline && read -r timeout && read -r kind || exit 0
	case $deadline,$timeout in
	,* | *, | *[!0-9,]*) exit 0 ;;
	esac
	case $kind in
	hand) ;;
	auto)
		# A pattern that comes out of a variable only matches: nothing in it is run.
		while IFS= read -r glob; do
			case $subject in $glob) kind=match && break ;; esac
		done
		[ "$kind" = match ] || exit 0
		;;
	*) exit 0 ;;
	esac
} <"$note"
# Each commit gives the session its timeout again, also where no editor is open to see it.
if [ -f "$note-deadline" ]; then
	read -r later owner <"$note-deadline"
	case $later in
	'' | *[!0-9]*) ;;
	*) [ "$owner" != "$id" ] || [ "$later" -le "$deadline" ] || deadline=$later ;;
	esac
fi
now=$(date +%s) && [ "$now" -le "$deadline" ] || exit 0
# Adds the trailer. After one whole line, which is the title and never a trailer, git would add just this, too. But git looks for the last
# line that is no comment, and only it knows what a comment begins with: a line that may be one is left to it.
comment='[[:space:]#;@!$%^&|:]*'
mark() {
	case $count,$unended,$subject in
	1,,$comment) ;;
	1,,*)
		printf '\\nSession-Id: %s\\n' "$id" >>"$1"
		return
		;;
	esac
	# After a last line without its line break, git (2.39) would leave out the blank line before the trailer.
	[ -z "$unended" ] || echo >>"$1"
	git -c trailer.separators=: interpret-trailers --in-place --no-divider --where end \\
		--if-exists doNothing --if-missing add --trailer "Session-Id: $id" "$1"
}
mark "$1" &&
	echo "$((now + timeout)) $id" >"$note-deadline"
exit 0
`;
