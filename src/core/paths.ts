const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?|e2e|testing|__mocks__|fixtures)\//i;
const TEST_FILE =
	/(?:^|\/)(?:test_[^/]*|tests?|conftest|[^/]*(?:[._-](?:tests?|spec|e2e|cy)|[a-z](?:Tests?|Spec|IT)))\.[^./]+$/;
const FIXTURES = /(?:^|\/)fixtures\//i;
const DOCS_FOLDER = /(?:^|\/)(?:docs?|documentation)\//i;
const DOCS_FILE =
	/(?:^|\/)(?:readme|changelog|contributing|code_of_conduct|history|authors|license(?:-\w+)?|notice|upgrading|security)(?:\.txt)?$/i;
const PROSE = /\.(?:mdx?|mdc|markdown|rst|adoc|asciidoc)$/i;

/** Whether a path is a test, by the names that test runners look for. */
export function isTest(path: string): boolean {
	return (!PROSE.test(path) || FIXTURES.test(path)) && (TEST_FILE.test(path) || TEST_FOLDER.test(path));
}

/** Whether a path is documentation. Prose beside tests is documentation too. */
export function isDocs(path: string): boolean {
	return (
		DOCS_FILE.test(path) || (PROSE.test(path) && !FIXTURES.test(path)) || (DOCS_FOLDER.test(path) && !isTest(path))
	);
}
