import { type ConnectionOptions, connect } from './connection.ts';
import { issueOperations } from './issues.ts';
import { pullRequestOperations } from './pullRequests.ts';
import { repositoryOperations } from './repository.ts';
import type { GitHub } from './types.ts';

/** Opens nothing yet: the first operation sends the first request. */
export function createClient(options: ConnectionOptions): GitHub {
	const connection = connect(options);
	return {
		...pullRequestOperations(connection),
		...issueOperations(connection),
		...repositoryOperations(connection),
	};
}
