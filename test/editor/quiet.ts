import { devNull } from 'node:os';

/** A quiet editor: no welcome, no advice, nothing that changes by itself. */
export const quietSettings = {
	'workbench.startupEditor': 'none',
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.enableExperiments': false,
	'workbench.tips.enabled': false,
	'chat.disableAIFeatures': true,
	'extensions.ignoreRecommendations': true,
	'extensions.autoUpdate': false,
	'extensions.autoCheckUpdates': false,
	'update.mode': 'none',
	'telemetry.telemetryLevel': 'off',
	'git.openRepositoryInParentFolders': 'always',
};

/** Keeps the git configuration of the machine and its user out of an editor under test. */
export const quietGit = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' };
