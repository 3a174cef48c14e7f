const vscode = require('vscode');

/** Shows in the status bar what the API says: the session, and how many times it was heard of. */
exports.activate = async (context) => {
	const item = vscode.window.createStatusBarItem('neighbour', vscode.StatusBarAlignment.Left);
	item.show();
	context.subscriptions.push(item);
	const extension = vscode.extensions.getExtension('auto-pr-sessions.auto-pr-sessions');
	const api = await extension?.activate();
	if (api?.version >= 1) {
		await api.whenReady();
		let heard = 0;
		const show = (session) => {
			const now = session ? `${session.title ?? session.id}, commits: ${session.commits.length}` : 'no session';
			item.text = `${now}, heard ${heard}`;
		};
		show(api.getCurrentSession());
		context.subscriptions.push(
			api.onDidChangeSession((session) => {
				heard += 1;
				show(session);
			}),
		);
	}
};
