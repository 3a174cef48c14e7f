// The layers of docs/architecture.md: an arrow only points down. Run by `npm run layers`.
const layer = (name) => `^src/${name}/`;

module.exports = {
	forbidden: [
		{
			name: 'no-circles',
			comment: 'Two files that need each other are one file, or hide a third.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'core-is-pure',
			comment: 'The core decides. It knows no editor, clock, file, process or layer above it.',
			severity: 'error',
			from: { path: layer('core'), pathNot: '\\.test\\.ts$' },
			to: { pathNot: [layer('core'), '^node_modules/(yaml|re2js|valibot)/'] },
		},
		{
			name: 'outside-knows-only-core',
			comment:
				'store, git and github stand side by side, on the core and on how files are written. They do not know one another.',
			severity: 'error',
			from: { path: '^src/(store|git|github)/', pathNot: '\\.test\\.ts$' },
			to: { path: '^src/', pathNot: ['^src/(core|files)/', '^src/$1/'] },
		},
		{
			name: 'files-know-only-the-core',
			severity: 'error',
			from: { path: layer('files'), pathNot: '\\.test\\.ts$' },
			to: { path: '^src/', pathNot: '^src/(core|files)/' },
		},
		{
			name: 'app-knows-no-face',
			comment: 'A use case serves every face alike.',
			severity: 'error',
			from: { path: layer('app') },
			to: { path: '^src/(cli|action|extension|dashboard)/' },
		},
		{
			name: 'faces-stand-apart',
			comment: 'A face calls use cases, never another face. The extension may host the dashboard.',
			severity: 'error',
			from: { path: '^src/(cli|action|extension|dashboard)/' },
			to: { path: '^src/(cli|action|extension|dashboard)/', pathNot: ['^src/$1/', '^src/dashboard/protocol\\.ts$'] },
		},
		{
			name: 'vscode-in-the-extension-alone',
			severity: 'error',
			from: { path: '^src/', pathNot: layer('extension') },
			to: { path: '^vscode$' },
		},
		{
			name: 'the-dashboard-runs-in-a-browser',
			comment: 'It may import the pure core, never what needs a machine.',
			severity: 'error',
			from: { path: layer('dashboard'), pathNot: '\\.test\\.tsx?$' },
			to: { path: '^src/(files|store|git|github|app)/' },
		},
		{
			name: 'no-unlisted-package',
			severity: 'error',
			from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
			to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'npm-dev'], pathNot: ['^vscode$', '@types/'] },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: {
			extensions: ['.ts', '.tsx', '.js'],
			conditionNames: ['import', 'require', 'node', 'default'],
			exportsFields: ['exports'],
		},
	},
};
