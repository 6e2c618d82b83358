/** The results of work on each item, in the items' order, with a bounded number of works under way. */
export async function* several<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const begun: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // awaited below, perhaps later than it fails
    result.catch(() => {});
    begun.push(result);
    const oldest = begun.length >= atOnce ? begun.shift() : undefined;
    if (oldest) yield await oldest;
  }
  for (const result of begun) yield await result;
}
