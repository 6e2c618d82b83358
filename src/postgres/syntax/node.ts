import type { Node } from '@pgsql/types';

/** Kinds of parse tree nodes: `IndexStmt`, `AlterTableCmd` … */
export type NodeKind = Node extends infer Each ? (Each extends object ? keyof Each : never) : never;

/** The fields of a node of this kind. */
export type NodeOf<K extends NodeKind> = Extract<Node, Record<K, unknown>>[K];

/** The node's fields where it is of this kind. PostgreSQL's parser leaves out fields that are false, 0 or empty. */
export function read<K extends NodeKind>(node: Node | undefined, kind: K): NodeOf<K> | undefined {
  return (node as Partial<Record<K, NodeOf<K>>> | undefined)?.[kind];
}

/** Those nodes of a list that are of this kind. */
export function readAll<K extends NodeKind>(nodes: readonly Node[] | undefined, kind: K): NodeOf<K>[] {
  return (nodes ?? []).flatMap((node) => read(node, kind) ?? []);
}

/** A list of names, such as a constraint's columns: `["id", "email"]`. */
export function strings(nodes: readonly Node[] | undefined): string[] {
  return readAll(nodes, 'String').map(({ sval }) => sval ?? '');
}

/** Whether an option list (`REINDEX (CONCURRENTLY)`, `WITH (…)`) has this option and does not switch it off. */
export function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  const option = readAll(options, 'DefElem').find(({ defname }) => defname === name);
  if (!option) return false;
  const word = read(option.arg, 'String')?.sval ?? String(read(option.arg, 'Boolean')?.boolval ?? true);
  return !['false', 'off'].includes(word.toLowerCase());
}
