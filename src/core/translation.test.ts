import assert from 'node:assert/strict';
import { translationOf } from './translation.ts';

const translate = translationOf({
	'{0} is gone: open it where it is now./told': '{0} ist fort: Öffnen Sie es, wo es jetzt ist.',
	'{0} is gone./told': '{0} ist fort.',
	'Could not {0}: {1} failed with {2}./told': '{0} ist nicht möglich: {1} hat versagt mit {2}.',
	'read pull request #{0} in {1}/told': 'Pull Request #{0} in {1} zu lesen',
	'There is no key {0}. Did you mean {1}?/told': 'Es gibt keinen Schlüssel {0}. Meinten Sie {1}?',
	'Nothing was found in {0}./told': 'Nichts gefunden.',
	'Try again./told': 'Versuchen Sie es erneut.',
	'{0} of {1}': '{0} von {1}',
	'Try again.': 'Nochmal.',
});

describe('a translation of what was said in English', () => {
	it('knows a sentence by its template, and keeps its values as they are', () => {
		assert.equal(translate('Try again.'), 'Versuchen Sie es erneut.');
		assert.equal(translate('C:\\shop is gone.'), 'C:\\shop ist fort.');
		assert.equal(translate('{0} $& is gone.'), '{0} $& ist fort.');
		assert.equal(translate('Nothing was found in /shop.'), 'Nichts gefunden.');
	});

	it('leaves alone what it does not know, and what is of the face itself', () => {
		for (const text of ['', '.', 'Heute ist Markt.', '3 of 4', 'Nothing was found in', '__proto__'])
			assert.equal(translate(text), text);
	});

	it('prefers the template that says more', () => {
		assert.equal(
			translate('/shop is gone: open it where it is now.'),
			'/shop ist fort: Öffnen Sie es, wo es jetzt ist.',
		);
	});

	it('translates a sentence within a sentence', () => {
		assert.equal(
			translate('Could not read pull request #7 in octo/demo: github.com failed with 500: Oops.'),
			'Pull Request #7 in octo/demo zu lesen ist nicht möglich: github.com hat versagt mit 500: Oops.',
		);
	});

	it('translates sentences one after another, all of them or none', () => {
		assert.equal(translate('/shop is gone. Try again.'), '/shop ist fort. Versuchen Sie es erneut.');
		assert.equal(
			translate('There is no key a. Did you mean b? Try again.'),
			'There is no key a. Did you mean b? Try again.',
		);
		assert.equal(translate('There is no key a. Did you mean b?'), 'Es gibt keinen Schlüssel a. Meinten Sie b?');
		assert.equal(translate('/shop is gone. Alas.'), '/shop is gone. Alas.');
	});

	it('writes values as it is told to', () => {
		const german = translationOf({ 'at most {0}/told': 'höchstens {0}' }, (value) => value.replace('.', ','));
		assert.equal(german('at most 12.5 %'), 'höchstens 12,5 %');
		assert.equal(german('12.5 %'), '12,5 %');
	});

	it('is done at once with any text, however long', () => {
		const hostile = [
			'. '.repeat(200_000),
			'Could not '.repeat(390),
			' is gone.'.repeat(400),
			'a. is gone. '.repeat(300),
		];
		for (const text of hostile) translate(text);
		assert.equal(translate(hostile[0]!), hostile[0]);
	});
});
