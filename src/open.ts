import { stat } from 'node:fs/promises';
import { terminalHost } from './hosts/terminal.ts';
import { exitCodes, fileFault, KnownError } from './model/error.ts';
import type { Given } from './model/given.ts';
import type { Host } from './model/host.ts';
import { nearest } from './model/nearest.ts';
import { announcedCommands, type CommandName, commands, isCommand } from './settings/commands.ts';
import { settingsFrom } from './settings-given.ts';
import { fromEnvironment, fromFile, fromFlags, fromInputs } from './sources.ts';

/** Runs a command line; sets the exit code and returns when everything is closed. */
export async function openTerminal(words: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unheard);
  const given: Given[] = [];
  const host = terminalHost(given);
  await guarded(host, async (signal) => {
    const [command = '', ...rest] = words;
    const text = await helpFor(command, rest);
    if (text !== undefined) {
      process.stdout.write(text);
      return command === '' ? exitCodes.usage : exitCodes.done;
    }
    const name = commandNamed(command);
    given.push(...fromFlags(rest, name), ...fromEnvironment(process.env));
    return start(name, host, signal);
  });
}

/** Who reads us may have seen enough (`| head`): no reason to fail. Nothing that can be heard is one to leave work undone. */
function unheard(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  if (!process.stderr.errored) process.stderr.write(`What is to be said cannot be written: ${fileFault(error)}.\n`);
  const end = () => {
    process.exitCode = process.exitCode || exitCodes.usage; // whatever came of the work, nobody has its answer
  };
  process.once('exit', end);
}

/** Runs the action. */
export async function openAction(): Promise<void> {
  const { githubHost } = await import('./hosts/github/host.ts');
  const given: Given[] = [];
  const host = await githubHost(given);
  await guarded(host, async (signal) => {
    const command = commandNamed(process.env.INPUT_COMMAND?.trim() || 'check');
    given.push(...fromInputs(process.env), ...fromEnvironment(process.env));
    return start(command, host, signal);
  });
}

async function start(command: CommandName, host: Host, signal: AbortSignal): Promise<number> {
  const given = host.given();
  const file = given.find(({ name }) => name === 'config');
  const folder = given.find(({ name, value }) => name === 'working-directory' && value !== '')?.value ?? '.';
  // where a fork's report is posted nothing is checked out
  const written = command === 'comment' ? [] : await fileIn(folder, file?.value);
  const settings = settingsFrom([...given, ...written]);
  const { run } = await import('./run.ts');
  return run(command, { settings, host, signal });
}

async function fileIn(folder: string, name: string | undefined): Promise<Given[]> {
  await refuseNoFolder(folder);
  return fromFile(folder, name ?? 'lockkeeper.yml', name !== undefined);
}

async function refuseNoFolder(folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw new KnownError(`There is no folder ${folder} to work in.`, {
    help: 'The setting `working-directory` takes a folder, relative to where Lockkeeper is started.',
  });
}

async function helpFor(command: string, rest: readonly string[]): Promise<string | undefined> {
  const { commandHelp, overview, versionText } = await import('./help.ts');
  if (command === 'help' && rest[0] !== undefined) return helpFor(rest[0], ['--help']);
  if (['', '--help', '-h', 'help'].includes(command)) return overview();
  if (['--version', '-V', 'version'].includes(command)) return versionText();
  const name = commandNamed(command);
  return rest.includes('--help') || rest.includes('-h') ? commandHelp(name) : undefined;
}

function commandNamed(command: string): CommandName {
  if (isCommand(command)) return command;
  if (announcedCommands.includes(command)) {
    throw new KnownError(`\`lockkeeper ${command}\` is not available yet in this version.`, {
      help: `There is: ${Object.keys(commands).join(', ')}.`,
    });
  }
  const [near] = nearest(command, Object.keys(commands), 1);
  const help = near ? `Did you mean \`${near}\`?` : 'See lockkeeper --help.';
  throw new KnownError(`There is no command \`${command}\`.`, { help });
}

/** Interrupts end the job in good order; errors are told as they deserve. */
async function guarded(host: Host, work: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals) => controller.abort(new Interrupted(name));
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    process.exitCode = await work(controller.signal);
  } catch (error) {
    process.exitCode = await tell(
      controller.signal.aborted ? interruptedBy(controller.signal.reason, error) : error,
      host,
    );
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** The interrupt, with what could not be put in order because of it. */
function interruptedBy(reason: unknown, error: unknown): unknown {
  const isTold = error instanceof KnownError && error.cause === reason && reason instanceof Interrupted;
  return isTold ? new Interrupted(reason.signal, error.help) : reason;
}

class Interrupted extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals, left?: string) {
    super(`Interrupted by ${signal}; everything that was started has been ended.${left ? `\n${left}` : ''}`);
    this.signal = signal;
  }
}

async function tell(error: unknown, host: Host): Promise<number> {
  if (error instanceof Interrupted) {
    const { visible } = await import('./reports/escape.ts');
    host.fail(visible(error.message));
    return error.signal === 'SIGINT' ? 130 : 143;
  }
  const { visible, visibleLine } = await import('./reports/escape.ts');
  if (error instanceof KnownError) {
    const { place, message, help } = error;
    const where = place ? `${visibleLine(place.path)}${place.line ? `:${place.line}` : ''}: ` : '';
    const { failureMarkdown } = await import('./reports/failure.ts');
    host.fail(
      `${where}${visible(message)}${help ? `\n${visible(help)}` : ''}`,
      place,
      failureMarkdown(message, help, place),
    );
    return exitCodes[error.reason];
  }
  const stack = visible(String(error instanceof Error ? error.stack : error));
  host.fail(`${stack}\nThis is a fault of Lockkeeper. Please report it.`);
  return exitCodes.fault;
}
