// For `npm run test:faults`: every fault as often as docs/reliability.md says, not the short form of `npm test`.
process.env.FAULTS = 'long';
