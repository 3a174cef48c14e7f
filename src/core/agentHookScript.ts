import { AGENT_SIGNALS } from './agentHooks.ts';

/** Where the script lies below the top of the work tree. Cursor's and Claude Code's hooks both call it. */
export const AGENT_HOOK_SCRIPT = '.cursor/hooks/auto-pr-sessions.sh';

/** Stands in every command of ours in another tool's file, whatever its version. */
export const AGENT_HOOK_MARK = 'auto-pr-sessions.sh';

/**
 * The command that an agent runs at an event. One text has to do in sh, cmd and PowerShell, since the agent's file is committed and names one for
 * all: Windows finds git but not sh, and git brings its own, so git runs it, at the top of the work tree. Nothing in the quotes means anything to
 * any of the three. Where the script is not there (an older branch), nothing happens.
 */
export function agentHookCommand(agent: string, signal: (typeof AGENT_SIGNALS)[number]): string {
	return `git -c "alias.auto-pr=![ ! -f ${AGENT_HOOK_SCRIPT} ] || . ${AGENT_HOOK_SCRIPT}" auto-pr ${agent} ${signal}`;
}

/**
 * Leaves an empty file, whose name says what the agent did and whose time says when, for the extension or the command line to take in.
 * One process beside the shell, grep, which reads what the agent says as far as it needs to and keeps an id of it.
 */
export function agentHookScript(): string {
	return SCRIPT;
}

const SCRIPT = `#!/bin/sh
# Auto-PR Sessions: agent hook. Tells that a coding agent is at work, so that its session goes on, and when it is done.
# Nothing of the conversation is kept but its id. Never fails: no agent is to wait for this, or to be stopped by it.
echo '{}'
agent=\${1-} signal=\${2-}
case $agent in '' | *[!a-z0-9-]*) exit 0 ;; esac
case $signal in ${AGENT_SIGNALS.join(' | ')}) ;; *) exit 0 ;; esac
# Cursor also runs the hooks of Claude Code.
[ -z "\${CURSOR_VERSION-}" ] || agent=cursor

dir=.git
if [ -f .git ]; then
	IFS= read -r dir <.git
	dir=\${dir#gitdir: }
fi
# The folder is there where somebody uses Auto-PR Sessions; a linked work tree gets one of its own.
notes=$dir/auto-pr/agents
if [ ! -d "$notes" ]; then
	[ -d "$dir/../../auto-pr/agents" ] && mkdir -p "$notes" || exit 0
fi

# A quote inside a text is escaped, so these match no text that the agent quotes.
case $signal in
end) found=$(LC_ALL=C grep -oE '"(conversation_id|session_id|reason)" *: *"[A-Za-z0-9_-]*"') ;;
*) found=$(LC_ALL=C grep -o '"[cs][a-z]*_id" *: *"[A-Za-z0-9_-]*"') ;;
esac
id=
while IFS='"' read -r _ key _ value _; do
	case $key in
	conversation_id) id=$value && break ;;
	session_id) id=\${id:-$value} ;;
	esac
done <<END
$found
END
[ \${#id} -le 80 ] || id=
if [ "$signal" = end ]; then
	# Such a conversation is often taken up again.
	case $found in *'"window_close"'* | *'"resume"'* | *'"aborted"'* | *'"error"'*) signal=active ;; esac
fi
id=\${id:+.$id}
# The first edit since somebody looked is what a session starts at.
[ "$signal" != edit ] || [ ! -f "$notes/edit.$agent$id" ] || signal=active
echo >"$notes/$signal.$agent$id"
exit 0
`;
