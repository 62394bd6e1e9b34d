namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// The records that are on their way. They are acknowledged in any order across partitions; the mark moves over a record once
/// all before it are done.
/// </summary>
internal sealed class ForwardWindow(ForwardMark start, int size) : IDisposable
{
    private readonly SemaphoreSlim _room = new(size, size);
    private readonly Queue<Slot> _slots = [];
    private readonly Lock _gate = new();
    private ForwardMark _mark = start;

    /// <summary>Up to where everything is done.</summary>
    public ForwardMark Mark
    {
        get
        {
            lock (_gate) return _mark;
        }
    }

    /// <summary>Waits while too many are on their way, then adds one.</summary>
    public async ValueTask<Slot> AddAsync(long address, long number, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        var slot = new Slot(address, number);
        lock (_gate) _slots.Enqueue(slot);
        return slot;
    }

    /// <summary>The record has arrived, or never will.</summary>
    public void Finish(Slot slot, bool isDelivered)
    {
        lock (_gate)
        {
            slot.IsDelivered = isDelivered;
            while (_slots.TryPeek(out var oldest) && oldest.IsDelivered is { } delivered)
            {
                _slots.Dequeue();
                _mark = _mark.Pass(oldest.Address, oldest.Number, delivered);
            }
        }
        _room.Release();
    }

    public void Dispose() => _room.Dispose();

    /// <summary>A record on its way.</summary>
    internal sealed class Slot(long address, long number)
    {
        public long Address => address;

        public long Number => number;

        /// <summary>Null until it is known.</summary>
        public bool? IsDelivered { get; set; }
    }
}
