import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isUnedited, sameText, sealed } from './seal.ts';

describe('the seal under a file that set-up writes', () => {
	it('tells whether the file was edited, whatever it says', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'binary' }),
				fc.constantFrom('#' as const, '//' as const, '<!--' as const),
				(text, comment) => {
					const file = sealed(text, comment);
					assert.ok(file.startsWith(text));
					assert.ok(isUnedited(file));
					assert.equal(isUnedited(`x${file}`), false);
					assert.equal(isUnedited(`${file}x\n`), false);
					assert.equal(isUnedited(file.slice(0, -1)), false);
				},
			),
		);
	});

	it('holds for a text that ends in half a line break, which the added one completes', () => {
		for (const text of ['\r', 'a\r', '\r\n', '\r\r']) assert.ok(isUnedited(sealed(text, '#')), JSON.stringify(text));
	});

	it('holds where git converted the line breaks', () => {
		const file = sealed('#!/bin/sh\nexit 0\n', '#');
		assert.ok(isUnedited(file.replaceAll('\n', '\r\n')));
		assert.ok(sameText(file, file.replaceAll('\n', '\r\n')));
		assert.equal(sameText(file, `${file}\n`), false);
	});

	it('is on no file of others', () => {
		for (const text of ['', '\n', '#!/bin/sh\n', '# Auto-PR Sessions: unedited\n'])
			assert.equal(isUnedited(text), false);
	});
});
