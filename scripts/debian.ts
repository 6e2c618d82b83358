// Packages of Debian releases other than this machine's, without root and without installing anything.
import { execFile } from 'node:child_process';
import { access, glob, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Of Debian's archive; package `debian-archive-keyring`, which Ubuntu has, too. */
export const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The mirror of Debian that this machine's apt uses, else the one that finds the nearest. */
export async function mirror(): Promise<string> {
  const format = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'];
  const { stdout } = await run('apt-get', format);
  return stdout.split('\n').find((uri) => uri.endsWith('/debian/')) ?? 'http://deb.debian.org/debian/';
}

/**
 * Unpacks a package and all that it depends on, as a release of Debian has them, into a folder that becomes the root of
 * their paths. apt verifies signatures and hashes, in lists and caches of its own inside `work`.
 */
export async function unpack(suite: string, packages: readonly string[], folder: string, work: string): Promise<void> {
  await access(keyring).catch(() => {
    throw new Error(`${keyring} is not there: apt-get install debian-archive-keyring`);
  });
  for (const path of ['state/lists/partial', 'cache/archives/partial'])
    await mkdir(join(work, path), { recursive: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(work, 'status'), ''); // nothing is installed
  await writeFile(join(work, 'sources.list'), `deb [signed-by=${keyring}] ${await mirror()} ${suite} main\n`);
  const apt = (...words: readonly string[]) => run('apt-get', [...optionsIn(work), ...words], { maxBuffer: 1 << 26 });
  await apt('update', '--error-on=any');
  await apt('install', '--yes', '--download-only', '--no-install-recommends', ...packages);
  for await (const archive of glob(join(work, 'cache/archives/*.deb')))
    await run('dpkg-deb', ['--extract', archive, folder]);
}

/** The machine's proxy and credentials are apt's as usual; its sources and what it has installed are not. */
function optionsIn(work: string): string[] {
  const options = {
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'Dir::Etc::SourceList': join(work, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'APT::Sandbox::User': 'root', // whoever runs it writes, as the folder is theirs
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
  };
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}
