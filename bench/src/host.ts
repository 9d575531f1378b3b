/**
 * Runs a program of the benchmark as a child process that ends with its parent: however the parent ends, the
 * channel between them closes.
 */
const program = process.argv[2];
if (!program) throw new Error('usage: host <program>');
process.on('disconnect', () => process.exit(0));
// A module path from the command line, in the CommonJS build.
void import(program);
