import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AGENTS, BOTS } from './accounts.ts';
import { agentOf, agentOfBranch, botOf, coAuthorAgent } from './agents.ts';

describe('agentOf', () => {
	describe('a cloud agent, as git and GitHub name it', () => {
		const accounts: [agent: string, name: string, email: string | undefined][] = [
			['GitHub Copilot', 'copilot-swe-agent[bot]', '198982749+Copilot@users.noreply.github.com'],
			['GitHub Copilot', 'Copilot', '198982749+Copilot@users.noreply.github.com'],
			['GitHub Copilot', 'copilot-swe-agent[bot]', undefined],
			['Cursor', 'Cursor Agent', 'cursoragent@cursor.com'],
			['Cursor', 'cursor[bot]', '206951365+cursor[bot]@users.noreply.github.com'],
			['Claude', 'Claude', 'noreply@anthropic.com'],
			['Claude', 'claude[bot]', '41898282+claude[bot]@users.noreply.github.com'],
			['Claude', 'anthropic-code-agent[bot]', '242468646+Claude@users.noreply.github.com'],
			['Codex', 'Codex', 'codex@openai.com'],
			['Codex', 'chatgpt-codex-connector[bot]', undefined],
			['Devin', 'Devin AI', '158243242+devin-ai-integration[bot]@users.noreply.github.com'],
			['Jules', 'google-labs-jules[bot]', '161369871+google-labs-jules[bot]@users.noreply.github.com'],
			['OpenHands', 'openhands', 'openhands@all-hands.dev'],
			['Replit Agent', 'Replit Agent', 'agent@replit.com'],
			['Lovable', 'gpt-engineer-app[bot]', '159125892+gpt-engineer-app[bot]@users.noreply.github.com'],
		];
		for (const [agent, name, email] of accounts) {
			it(`knows ${name} <${email ?? ''}> as ${agent}`, () => {
				assert.equal(agentOf({ name, ...(email !== undefined && { email }) }), agent);
			});
		}
	});

	it('finds every agent by each of its names, with an address that tells nothing', () => {
		for (const { name: agent, names } of AGENTS) {
			for (const name of names) assert.equal(agentOf({ name, email: 'root@localhost' }), agent, name);
		}
	});

	it('finds every agent by each of its addresses, whatever the name says', () => {
		for (const { name: agent, emails } of AGENTS) {
			for (const email of emails) assert.equal(agentOf({ name: 'Alice', email }), agent, email);
		}
	});

	it('finds every bot account of an agent by its address alone, with the account number and without, on any host', () => {
		for (const { name: agent, names } of AGENTS) {
			for (const login of names.filter((name) => name.endsWith('[bot]'))) {
				for (const email of [
					`${login}@users.noreply.github.com`,
					`1234+${login}@users.noreply.github.com`,
					`1234+${login}@users.noreply.acme.ghe.com`,
				]) {
					assert.equal(agentOf({ name: '', email }), agent, email);
				}
			}
		}
	});

	it('takes a GitHub noreply address with and without its number for one account', () => {
		assert.equal(agentOf({ name: '', email: 'Copilot@users.noreply.github.com' }), 'GitHub Copilot');
		assert.equal(agentOf({ name: '', email: '223556219+Copilot@users.noreply.github.com' }), 'GitHub Copilot');
	});

	it('believes the address of a bot account before its name', () => {
		const email = 'claude[bot]@users.noreply.github.com';
		assert.equal(agentOf({ name: 'renovate[bot]', email }), 'Claude');
	});

	it('takes no other address with a number in front for the agent’s', () => {
		assert.equal(agentOf({ name: 'Al', email: '7+noreply@anthropic.com' }), undefined);
	});

	it('does not mind case or space around a name or address', () => {
		assert.equal(agentOf({ name: ' CURSOR AGENT ', email: 'x@y.z' }), 'Cursor');
		assert.equal(agentOf({ name: '', email: ' NoReply@Anthropic.COM ' }), 'Claude');
		assert.equal(agentOf({ name: 'Copilot-SWE-Agent[BOT]' }), 'GitHub Copilot');
	});

	it('knows an app as the gh command line names it', () => {
		assert.equal(agentOf({ name: 'app/copilot-swe-agent' }), 'GitHub Copilot');
		assert.equal(botOf({ name: 'app/dependabot' }), 'dependabot[bot]');
	});

	it('finds Aider behind the name of the person that it works for', () => {
		assert.equal(agentOf({ name: 'Jane Doe (aider)', email: 'jane@example.org' }), 'Aider');
		assert.equal(agentOf({ name: 'Jane Doe', email: 'jane@example.org' }), undefined);
		assert.equal(agentOf({ name: 'Jane (aider) Doe', email: 'jane@example.org' }), undefined);
		assert.equal(agentOf({ name: 'Ann Raider', email: 'ann@example.org' }), undefined);
	});

	describe('people who bear an agent’s name', () => {
		const people = ['Claude', 'Devin', 'Jules', 'Amp', 'Gemini', 'Junie', 'Kiro', 'Codex', 'Cursor', 'aider'];
		for (const name of people) {
			it(`leaves ${name} with an address of their own alone`, () => {
				const login = name.toLowerCase();
				for (const email of [
					`${login}@example.org`,
					`${login}@users.noreply.github.com`,
					`4711+${login}@users.noreply.github.com`,
				]) {
					assert.equal(agentOf({ name, email }), undefined, email);
					assert.equal(coAuthorAgent({ name, email }), undefined, email);
					assert.equal(botOf({ name, email }), undefined, email);
				}
			});
		}

		it('believes the whole name of an agent where no address is known', () => {
			assert.equal(agentOf({ name: 'Claude' }), 'Claude');
			assert.equal(agentOf({ name: 'claude', email: '' }), 'Claude');
			assert.equal(agentOf({ name: 'Devin AI' }), 'Devin');
			assert.equal(agentOf({ name: 'Cursor' }), 'Cursor');
		});

		it('never believes a part of a name', () => {
			for (const name of ['Devin Smith', 'Claude Monet', 'Jean-Claude', 'Jules Verne', 'Devin', 'Jules', 'Amp']) {
				assert.equal(agentOf({ name }), undefined, name);
			}
		});

		it('takes no name for an agent only because it begins or ends like one', () => {
			const names = AGENTS.flatMap((agent) => [...agent.names, ...(agent.sharedNames ?? [])]);
			fc.assert(
				fc.property(fc.constantFrom(...names), fc.stringMatching(/^[a-z]{1,12}$/), (name, more) => {
					assert.equal(agentOf({ name: `${name} ${more}` }), undefined);
					assert.equal(agentOf({ name: `${more} ${name}`, email: `${more}@example.org` }), undefined);
				}),
			);
		});
	});

	it('knows nobody by an empty name or address', () => {
		assert.equal(agentOf({ name: '' }), undefined);
		assert.equal(agentOf({ name: ' ', email: ' ' }), undefined);
		assert.equal(agentOf({ name: '', email: '' }, ['', ' ']), undefined);
		assert.equal(botOf({ name: '', email: '' }), undefined);
		assert.equal(coAuthorAgent({ name: '' }), undefined);
	});

	it('answers any name and address, however odd', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, email) => {
				agentOf({ name, email }, [name]);
				botOf({ name, email });
				coAuthorAgent({ name, email });
				agentOfBranch(name);
			}),
		);
	});

	describe('with the team’s own agents', () => {
		const more = ['Acme Robot', 'robot@acme.example', 'acme-agent[bot]', '42+acme@users.noreply.github.com'];

		it('knows one by its whole name', () => {
			assert.equal(agentOf({ name: 'acme robot', email: 'x@y.z' }, more), 'Acme Robot');
			assert.equal(agentOf({ name: 'Acme Robot II', email: 'x@y.z' }, more), undefined);
		});

		it('knows one by its whole address', () => {
			assert.equal(agentOf({ name: 'R', email: 'Robot@acme.example' }, more), 'robot@acme.example');
			assert.equal(agentOf({ name: 'R', email: 'a.robot@acme.example' }, more), undefined);
		});

		it('knows one by its login, in the name or in the address', () => {
			assert.equal(agentOf({ name: 'acme-agent[bot]' }, more), 'acme-agent[bot]');
			assert.equal(
				agentOf({ name: 'Acme', email: '9+acme-agent[bot]@users.noreply.github.com' }, more),
				'acme-agent[bot]',
			);
		});

		it('knows a GitHub noreply address without its number too', () => {
			assert.equal(agentOf({ name: '', email: 'acme@users.noreply.github.com' }, more), more[3]);
		});

		it('still calls a known agent by its own name', () => {
			assert.equal(agentOf({ name: '', email: 'noreply@anthropic.com' }, ['noreply@anthropic.com']), 'Claude');
		});

		it('keeps two teams apart', () => {
			assert.equal(agentOf({ name: 'acme robot' }, ['other']), undefined);
			assert.equal(agentOf({ name: 'other' }, ['other']), 'other');
		});
	});
});

describe('botOf', () => {
	it('finds every bot by each of its names and addresses', () => {
		for (const { name: bot, names, emails } of BOTS) {
			for (const name of names) assert.equal(botOf({ name, email: 'root@localhost' }), bot, name);
			for (const email of emails) assert.equal(botOf({ name: 'anything', email }), bot, email);
		}
	});

	it('takes every account that ends in [bot] for a bot', () => {
		for (const login of [
			'dependabot[bot]',
			'renovate[bot]',
			'github-actions[bot]',
			'release-please[bot]',
			'pre-commit-ci[bot]',
			'greenkeeper[bot]',
			'imgbot[bot]',
			'allcontributors[bot]',
			'mergify[bot]',
			'kodiakhq[bot]',
			'codecov[bot]',
			'netlify[bot]',
			'vercel[bot]',
			'transifex-integration[bot]',
			'nobody-has-heard-of-it[bot]',
		]) {
			assert.equal(botOf({ name: login }), login);
			assert.equal(botOf({ name: 'x', email: `5+${login}@users.noreply.github.com` }), login);
		}
	});

	it('takes no known agent for a bot, by name or by address', () => {
		for (const { names, emails } of AGENTS) {
			for (const name of names) assert.equal(botOf({ name }), undefined, name);
			for (const email of emails) assert.equal(botOf({ name: 'renovate[bot]', email }), undefined, email);
		}
	});

	it('knows the bot users behind GitLab’s access tokens', () => {
		assert.equal(botOf({ name: 'Deploy', email: 'project_42_bot_7f3ab@noreply.gitlab.com' }), 'Deploy');
		assert.equal(
			botOf({ name: '', email: 'group42_bot1@noreply.git.acme.example' }),
			'group42_bot1@noreply.git.acme.example',
		);
		assert.equal(botOf({ name: 'project_42_bot_7f3ab' }), 'project_42_bot_7f3ab');
		assert.equal(botOf({ name: 'Al', email: 'project_42_bot@acme.example' }), undefined);
	});

	it('takes GitHub for a bot where it is the author', () => {
		assert.equal(botOf({ name: 'GitHub', email: 'noreply@github.com' }), 'GitHub');
		assert.equal(botOf({ name: 'Alice', email: 'noreply@github.com' }), undefined);
	});

	it('leaves people alone', () => {
		for (const person of [
			{ name: 'Alice', email: 'alice@example.org' },
			{ name: 'Jenkins', email: 'leroy@example.org' },
			{ name: 'Guy Talbot', email: 'talbot@example.org' },
			{ name: 'Abbot', email: '12+abbot@users.noreply.github.com' },
			{ name: 'Travis', email: 'travis@example.org' },
			{ name: '山田太郎' },
		]) {
			assert.equal(botOf(person), undefined, person.name);
			assert.equal(agentOf(person), undefined, person.name);
		}
	});

	it('takes Jenkins without an address for the server', () => {
		assert.equal(botOf({ name: 'Jenkins' }), 'Jenkins');
	});
});

describe('coAuthorAgent', () => {
	it('knows an agent by its address, whatever model the name tells', () => {
		assert.equal(coAuthorAgent({ name: 'Claude Opus 4.5', email: 'noreply@anthropic.com' }), 'Claude');
		assert.equal(coAuthorAgent({ name: 'aider (gpt-4o)', email: 'noreply@aider.chat' }), 'Aider');
		assert.equal(coAuthorAgent({ name: 'Amp', email: 'amp@ampcode.com' }), 'Amp');
		assert.equal(
			coAuthorAgent({ name: 'gemini-cli', email: '218195315+gemini-cli@users.noreply.github.com' }),
			'Gemini',
		);
		assert.equal(
			coAuthorAgent({ name: 'Devin', email: '158243242+devin-ai-integration[bot]@users.noreply.github.com' }),
			'Devin',
		);
	});

	it('finds every agent by each address that it has as co-author only, and does not take that for an author', () => {
		for (const { name: agent, coAuthorEmails = [] } of AGENTS) {
			for (const email of coAuthorEmails) {
				assert.equal(coAuthorAgent({ name: 'x', email }), agent, email);
				assert.equal(agentOf({ name: 'x', email }), undefined, email);
			}
		}
	});

	it('knows no agent in people and bots', () => {
		assert.equal(coAuthorAgent({ name: 'Claude', email: 'claude@example.org' }), undefined);
		assert.equal(coAuthorAgent({ name: 'dependabot[bot]' }), undefined);
	});
});

describe('agentOfBranch', () => {
	const branches: [branch: string, agent: string | undefined][] = [
		['copilot/fix-login', 'GitHub Copilot'],
		['refs/heads/copilot/fix-login', 'GitHub Copilot'],
		['cursor/add-tests-1a2b', 'Cursor'],
		['claude/issue-12-20250101-1200', 'Claude'],
		['codex/rename-it', 'Codex'],
		['devin/1731956400-fix-login', 'Devin'],
		['openhands-fix-issue-7', 'OpenHands'],
		['opencode/issue12-20250101120000', 'opencode'],
		['junie/issue-3', 'Junie'],
		['Q-DEV-issue-3-1731956400', 'Amazon Q Developer'],
		['devin/my-feature', undefined],
		['devin/2025-plan', undefined],
		['openhands-fix-issue-', undefined],
		['main', undefined],
		['copilot', undefined],
		['fix/copilot/login', undefined],
		['copilots/login', undefined],
		['', undefined],
	];
	for (const [branch, agent] of branches) {
		it(`takes ${branch || 'an empty name'} for ${agent ? `a branch of ${agent}` : 'no agent’s'}`, () => {
			assert.equal(agentOfBranch(branch), agent);
		});
	}

	it('finds every agent by the branches that it makes', () => {
		for (const { name: agent, branches: starts } of AGENTS) {
			for (const start of starts) assert.equal(agentOfBranch(`${start.replaceAll('#', '1')}x`), agent, start);
		}
	});
});

describe('the accounts', () => {
	const entries = [...AGENTS, ...BOTS];

	it('each say where they are from', () => {
		for (const { name, source } of entries) assert.equal(new URL(source).protocol, 'https:', name);
	});

	it('each can be known by something', () => {
		for (const agent of AGENTS) {
			const keys = [...agent.names, ...agent.emails, ...(agent.coAuthorEmails ?? [])];
			assert.ok(keys.length > 0, agent.name);
		}
		for (const bot of BOTS) assert.ok(bot.names.length + bot.emails.length > 0, bot.name);
	});

	it('never share a key', () => {
		const keys = [
			...entries.flatMap((entry) => [entry.name, ...entry.names, ...(entry.sharedNames ?? [])].map(lower).filter(once)),
			...entries.flatMap((entry) => entry.emails.map(lower)),
			...AGENTS.flatMap((agent) => [...(agent.coAuthorEmails ?? []), ...agent.branches].map(lower)),
		];
		assert.deepEqual(
			keys.filter((key, at) => keys.indexOf(key) !== at),
			[],
		);
	});

	it('write addresses as addresses and names as names', () => {
		for (const { name, names, sharedNames = [], emails } of entries) {
			for (const email of emails) assert.match(email, /^[^\s@]+@[^\s@]+\.[^\s@]+$/, name);
			for (const one of [...names, ...sharedNames]) assert.match(one, /^[^@]+$/, name);
		}
	});

	function lower(text: string): string {
		return text.toLowerCase();
	}

	function once(key: string, at: number, all: readonly string[]): boolean {
		return all.indexOf(key) === at;
	}
});
