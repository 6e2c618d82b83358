/** Lines shown around a change. */
const context = 3;

/** One file's change as a unified diff that `git apply` takes. `before` is undefined for a new file. */
export function diffOf(path: string, before: string | undefined, after: string): string {
  const [old, now] = [lines(before ?? ''), lines(after)];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let same = 0;
  while (same < Math.min(old.length, now.length) - start && old.at(-1 - same) === now.at(-1 - same)) same += 1;
  const first = Math.max(0, start - context);
  const tail = Math.min(same, context);
  const hunk = [
    ...old.slice(first, start).map((line) => ` ${line}`),
    ...old.slice(start, old.length - same).map((line) => `-${line}`),
    ...now.slice(start, now.length - same).map((line) => `+${line}`),
    ...now.slice(now.length - same, now.length - same + tail).map((line) => ` ${line}`),
  ];
  const range = (count: number) => `${count === 0 ? first : first + 1},${count}`;
  const header = `@@ -${range(old.length - same + tail - first)} +${range(now.length - same + tail - first)} @@\n`;
  const names = `diff --git a/${path} b/${path}\n${before === undefined ? 'new file mode 100644\n--- /dev/null' : `--- a/${path}`}\n+++ b/${path}\n`;
  return `${names}${header}${hunk.join('')}`;
}

/** With their line ends; a last line without one is marked as git marks it. */
function lines(text: string): string[] {
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) =>
    line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`,
  );
}
