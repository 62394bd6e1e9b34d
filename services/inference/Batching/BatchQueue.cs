namespace Platform.Inference.Batching;

/// <summary>Requests that wait, the most urgent level first, each level in order of arrival. The batcher guards it with its lock.</summary>
internal sealed class BatchQueue
{
    // Requests of other shapes that are looked at in search of company for the first one.
    private const int MaxLook = 256;

    private readonly List<BatchItem?> _first = [];
    private readonly List<BatchItem?> _last = [];

    /// <summary>Requests that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that wait.</summary>
    public long Rows { get; private set; }

    /// <summary>The request whose turn it is.</summary>
    public BatchItem? First => _first.Find(item => item is not null);

    public void Add(BatchItem item)
    {
        while (_first.Count <= item.Priority)
        {
            _first.Add(null);
            _last.Add(null);
        }

        (item.Previous, item.Next) = (_last[item.Priority], null);
        if (item.Previous is { } previous) previous.Next = item;
        else _first[item.Priority] = item;
        _last[item.Priority] = item;
        item.IsWaiting = true;
        Count++;
        Rows += item.Rows;
    }

    public void Remove(BatchItem item)
    {
        if (item.Previous is { } previous) previous.Next = item.Next;
        else _first[item.Priority] = item.Next;
        if (item.Next is { } next) next.Previous = item.Previous;
        else _last[item.Priority] = item.Previous;
        (item.Previous, item.Next, item.IsWaiting) = (null, null, false);
        Count--;
        Rows -= item.Rows;
    }

    /// <summary>Takes out the requests whose callers have left.</summary>
    public void TakeAbandoned(List<BatchItem> abandoned)
    {
        for (var level = 0; level < _first.Count; level++)
        {
            for (var item = _first[level]; item is not null;)
            {
                var next = item.Next;
                if (item.Caller is { HasLeft: true })
                {
                    Remove(item);
                    abandoned.Add(item);
                }

                item = next;
            }
        }
    }

    /// <summary>Moves the first request, and as many as may share its run, into <paramref name="batch"/>.</summary>
    public void Take(int maxRows, List<BatchItem> batch)
    {
        var first = First ?? throw new InvalidOperationException("Nothing waits.");
        Remove(first);
        batch.Add(first);
        if (!first.CanShare) return;

        var rows = (long)first.Rows;
        var looked = 0;
        for (var level = 0; level < _first.Count; level++)
        {
            for (var item = _first[level]; item is not null && rows < maxRows && looked < MaxLook; looked++)
            {
                var next = item.Next;
                if (item.CanShare && rows + item.Rows <= maxRows && item.HasShapeOf(first))
                {
                    Remove(item);
                    batch.Add(item);
                    rows += item.Rows;
                }

                item = next;
            }
        }
    }
}
