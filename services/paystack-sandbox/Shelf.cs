namespace WebWaka.PaystackSandbox;

/// <summary>What the books keep beside payments, refunds and events: a thing with a number.</summary>
internal interface IKept
{
    long Id { get; }
}

/// <summary>Things of one kind by their number, oldest first. Whoever reads and then writes holds the integration's gate.</summary>
internal sealed class Shelf<T>(Journal journal, Func<T, JournalLine> line) where T : class, IKept
{
    readonly SortedDictionary<long, T> things = [];

    public IEnumerable<T> All => things.Values;

    public T? Find(long id) => things.GetValueOrDefault(id);

    public T Save(T thing)
    {
        things[thing.Id] = thing;
        journal.Append(line(thing));
        return thing;
    }

    /// <returns>Its number, or 0 when there is none in the line.</returns>
    public long Restore(T? thing)
    {
        if (thing is null)
            return 0;
        things[thing.Id] = thing;
        return thing.Id;
    }
}
