import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../core/analytics/report.ts';
import { UserError } from '../core/userError.ts';

/**
 * The dashboard as one page that loads nothing. The policy allows its one script and its one style sheet, by their hashes, and no
 * connection.
 */
export async function reportHtml(report: Report): Promise<string> {
	const [script, dashboardStyle] = await Promise.all([shipped('dashboard.js'), shipped('dashboard.css')]);
	const style = `${COLOURS}${dashboardStyle}`;
	const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Auto-PR Sessions</title>
<style>${style}</style>
</head>
<body class="report">
<main id="root"></main>
<script type="application/json" id="report">${embedded(report)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that no text in it can end the element of: html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements. */
function embedded(report: Report): string {
	return JSON.stringify(report).replaceAll('<', '\\u003c');
}

function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** A file of the dashboard: it is shipped in the folder above the commands. */
async function shipped(name: string): Promise<string> {
	const file = path.join(__dirname, '..', name);
	try {
		return (await readFile(file, 'utf8')).trim();
	} catch (error) {
		throw new UserError(
			`The page's own file ${file} cannot be read (${(error as Error).message}): install auto-pr anew.`,
		);
	}
}

/** The editor's light and dark colours for a page that no editor draws: Default Light Modern and Default Dark Modern. */
const COLOURS = `:root{color-scheme:light dark;
--vscode-font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;--vscode-font-size:14px;
--vscode-editor-font-family:ui-monospace,'SF Mono',Menlo,Consolas,monospace;
--vscode-foreground:light-dark(#3b3b3b,#cccccc);--vscode-descriptionForeground:light-dark(#5b5b5b,#a6a6a6);
--vscode-editor-background:light-dark(#ffffff,#1f1f1f);--vscode-editorWidget-background:light-dark(#f8f8f8,#252526);
--vscode-panel-border:light-dark(#e0e0e0,#373737);--vscode-focusBorder:light-dark(#005fb8,#2f8fe0);
--vscode-button-background:light-dark(#005fb8,#0078d4);--vscode-button-foreground:#ffffff;--vscode-button-hoverBackground:light-dark(#0258a8,#026ec1);
--vscode-button-secondaryBackground:light-dark(#e5e5e5,#313131);--vscode-button-secondaryForeground:light-dark(#3b3b3b,#cccccc);
--vscode-button-secondaryHoverBackground:light-dark(#cccccc,#3c3c3c);
--vscode-input-background:light-dark(#ffffff,#313131);--vscode-input-foreground:light-dark(#3b3b3b,#cccccc);--vscode-input-border:light-dark(#8a8a8a,#6b6b6b);
--vscode-textLink-foreground:light-dark(#005fb8,#4daafc);--vscode-charts-blue:light-dark(#1a85ff,#3794ff);--vscode-charts-green:light-dark(#388a34,#89d185);
--vscode-list-hoverBackground:light-dark(#f2f2f2,#2a2d2e)}
`;
