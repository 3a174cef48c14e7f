import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../core/analytics/report.ts';
import { UserError } from '../core/userError.ts';

/** The package's folder: the commands are shipped in one below its `dist`. */
const PACKAGE = path.join(__dirname, '..', '..');
const LANGUAGES = path.join(PACKAGE, 'l10n');
const ENGLISH = 'en';

/**
 * The dashboard as one page that loads nothing. The policy allows its one script and its one style sheet, by their hashes, and no
 * connection.
 * @param language One of `reportLanguages`.
 */
export async function reportHtml(report: Report, language: string): Promise<string> {
	const [script, dashboardStyle, words] = await Promise.all([
		shipped('dist', 'dashboard.js'),
		shipped('dist', 'dashboard.css'),
		language === ENGLISH ? undefined : shipped('l10n', `bundle.l10n.${language}.json`),
	]);
	const style = `${COLOURS}${dashboardStyle}`;
	const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
	return `<!DOCTYPE html>
<html lang="${language}">
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
${words === undefined ? '' : `<script type="application/json" id="words">${embedded(JSON.parse(words))}</script>\n`}<script type="application/json" id="report">${embedded(report)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that no text in it can end the element of: html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements. */
function embedded(value: unknown): string {
	return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** The languages that a report can be in: English, and those that the editor has words for. */
export async function reportLanguages(): Promise<string[]> {
	const files = await orBroken(LANGUAGES, readdir(LANGUAGES));
	return [ENGLISH, ...files.flatMap((file) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(file)?.[1] ?? []).sort()];
}

/** A file of the package. */
async function shipped(...names: string[]): Promise<string> {
	const file = path.join(PACKAGE, ...names);
	return (await orBroken(file, readFile(file, 'utf8'))).trim();
}

async function orBroken<T>(place: string, reading: Promise<T>): Promise<T> {
	try {
		return await reading;
	} catch (error) {
		throw new UserError(`The page's own ${place} cannot be read (${(error as Error).message}): install auto-pr anew.`);
	}
}

/**
 * The editor's colours for a page that no editor draws: Default Light Modern and Default Dark Modern, and its high contrast themes for
 * whoever asks their system for more contrast.
 */
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
--vscode-charts-red:light-dark(#e51400,#f14c4c);--vscode-charts-yellow:light-dark(#bf8803,#cca700);
--vscode-list-hoverBackground:light-dark(#f2f2f2,#2a2d2e)}
@media (prefers-contrast:more){:root{
--vscode-foreground:light-dark(#292929,#ffffff);--vscode-descriptionForeground:light-dark(#292929,#ffffff);
--vscode-editor-background:light-dark(#ffffff,#000000);--vscode-editorWidget-background:light-dark(#ffffff,#0c141f);
--vscode-panel-border:light-dark(#0f4a85,#6fc3df);--vscode-focusBorder:light-dark(#006bbd,#f38518);
--vscode-button-background:light-dark(#0f4a85,#000000);--vscode-button-border:light-dark(#0f4a85,#6fc3df);--vscode-button-hoverBackground:light-dark(#0f4a85,#000000);
--vscode-button-secondaryBackground:light-dark(#ffffff,#000000);--vscode-button-secondaryForeground:light-dark(#292929,#ffffff);
--vscode-button-secondaryHoverBackground:light-dark(#ffffff,#000000);
--vscode-input-background:light-dark(#ffffff,#000000);--vscode-input-foreground:light-dark(#292929,#ffffff);--vscode-input-border:light-dark(#0f4a85,#6fc3df);
--vscode-textLink-foreground:light-dark(#0f4a85,#21a6ff);--vscode-charts-blue:light-dark(#0f4a85,#3794ff);--vscode-charts-green:light-dark(#374e06,#89d185);
--vscode-charts-red:light-dark(#b5200d,#f48771);--vscode-charts-yellow:light-dark(#895503,#cca700);
--vscode-list-hoverBackground:light-dark(#0f4a8519,#ffffff19)}}
`;
