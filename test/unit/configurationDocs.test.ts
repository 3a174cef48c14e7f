import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeKeys } from '../support/configurationTable.ts';

const DOCS = join(__dirname, '../../docs/configuration.md');
const BEGIN = '<!-- keys: written by `UPDATE_DOCS=1 npm run one -- test/unit/configurationDocs.test.ts` -->\n';
const END = '<!-- end of keys -->';

describe('the reference of the configuration', () => {
	it('tells of every key as the reader knows it', async () => {
		const text = (await readFile(DOCS, 'utf8')).replaceAll('\r\n', '\n');
		const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
		assert.ok(begin >= 0 && end > begin, 'docs/configuration.md has lost the lines between which the keys stand.');
		const written = `${text.slice(0, begin)}${BEGIN}\n${describeKeys()}\n\n${text.slice(end)}`;
		if (process.env.UPDATE_DOCS) await writeFile(DOCS, written);
		else assert.equal(text, written, 'Run it with UPDATE_DOCS=1.');
	});
});
