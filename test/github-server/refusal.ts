/** GitHub's answer to a request that it does not carry out. */
export class Refusal extends Error {
	readonly status: number;
	/** What was wrong with which field, of a 422. */
	readonly errors: FieldError[] | undefined;

	constructor(status: number, message: string, errors?: FieldError[]) {
		super(message);
		this.status = status;
		this.errors = errors;
	}
}

interface FieldError {
	resource: string;
	field: string;
	code: 'missing' | 'missing_field' | 'invalid' | 'custom';
	message?: string;
}

export function invalid(error: FieldError): Refusal {
	return new Refusal(422, 'Validation Failed', [error]);
}

export function notFound(): Refusal {
	return new Refusal(404, 'Not Found');
}

/** The answer's document. */
export function refusalDocument(status: number, message: string, errors?: FieldError[]): Record<string, unknown> {
	const common = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
	return errors ? { ...common, errors } : common;
}
