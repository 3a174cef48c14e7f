import assert from 'node:assert/strict';
import fc from 'fast-check';
import { change } from './changeBuilder.ts';
import { codeLines } from './codeLines.ts';

function lines(path: string, ...text: string[]): string[] {
	return codeLines(change(path, text.join('\n')));
}

describe('codeLines', () => {
	it('leaves out blank lines and comments, at the start and at the end of a line', () => {
		assert.deepEqual(lines('a.ts', '// one', '', '  two();  // three', '\t/* four */ five();'), ['two();', 'five();']);
	});
	it('leaves out comments over several lines', () => {
		assert.deepEqual(lines('a.ts', '/**', ' * one', 'two', ' */', 'three();'), ['three();']);
	});
	it('takes a comment without an end among the added lines for one line', () => {
		assert.deepEqual(lines('a.ts', '/* one', 'two();'), ['two();']);
		assert.deepEqual(lines('a.ts', 'done(); */', '/* one', 'two();'), ['done(); */', 'two();']);
	});
	it('leaves out the rest of a comment whose beginning was there before', () => {
		assert.deepEqual(lines('a.ts', ' * one', ' */', 'two();'), ['two();']);
	});
	it('does not take a glob, a pointer or an address for a comment', () => {
		const text = ["glob('src/**/*.ts');", '*p = 1;', "get('https://a.b');"];
		assert.deepEqual(lines('a.ts', ...text), text);
	});
	it('knows the comments of Python', () => {
		const text = ['# one', 'two()  # three', '"""', 'assert four', '"""', "'''five'''", 'six()'];
		assert.deepEqual(lines('a.py', ...text), ['two()', 'six()']);
	});
	it('keeps what is a comment in another language only', () => {
		assert.deepEqual(lines('a.c', '#include <a.h>', 'i--;'), ['#include <a.h>', 'i--;']);
		assert.deepEqual(lines('a.lua', '-- one', 'two()'), ['two()']);
	});
	it('reads Windows line ends', () => {
		assert.deepEqual(codeLines(change('a.ts', 'one();\r\n// two\r\n')), ['one();']);
	});
	it('gives trimmed parts of the text, in order', () => {
		const pieces = fc.constantFrom('/*', '*/', '//', '"""', '#', 'a', ' ', '\n', '\r', '* ');
		const text = fc.array(pieces, { maxLength: 60 }).map((all) => all.join(''));
		fc.assert(
			fc.property(text, fc.constantFrom('a.ts', 'a.py', 'a.lua', 'a'), (whole, path) => {
				let at = 0;
				for (const line of codeLines(change(path, whole))) {
					assert.ok(line !== '' && line === line.trim());
					at = whole.indexOf(line, at);
					assert.ok(at >= 0);
					at += line.length;
				}
			}),
		);
	});
});
