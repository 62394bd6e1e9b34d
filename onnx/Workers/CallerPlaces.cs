using Platform.Onnx.Sharing;

namespace Platform.Onnx.Workers;

/// <summary>The channels to one worker, after the other: in use by a runner each, or waiting for the next.</summary>
internal sealed class CallerPlaces(ChannelSizes sizes) : IDisposable
{
    private const int MaxIdle = 8;

    private readonly Lock _gate = new();
    private readonly HashSet<CallerPlace> _all = [];
    private readonly Stack<CallerPlace> _idle = [];
    private WorkerProcess? _worker;
    private int _slots;
    private bool _closed;

    /// <exception cref="IOException">There is no shared memory to be had.</exception>
    public CallerPlace Rent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_idle.TryPop(out var idle)) return idle;
            var place = new CallerPlace(_slots++, Channel.Create(sizes.RequestBytes, sizes.AnswerBytes));
            _all.Add(place);
            if (_worker is not null) place.Attach(_worker);
            return place;
        }
    }

    public void Return(CallerPlace place)
    {
        lock (_gate)
        {
            if (!_closed && _idle.Count < MaxIdle) _idle.Push(place);
            else if (_all.Remove(place)) place.Dispose();
        }
    }

    public void Attach(WorkerProcess worker)
    {
        lock (_gate)
        {
            if (_closed) return;
            _worker = worker;
            foreach (var place in _all) place.Attach(worker);
        }
    }

    public int CountInHand()
    {
        lock (_gate) return _all.Count(place => place.IsInHand);
    }

    /// <summary>The worker is dead.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _worker = null;
            foreach (var place in _all) place.Break();
        }
    }

    /// <summary>Called when the worker has ended. What runs then hears of it, and gives its place back later.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var place in _all) place.Break();
            while (_idle.TryPop(out var place))
            {
                _all.Remove(place);
                place.Dispose();
            }
        }
    }
}
