using Platform.Onnx.Sessions;
using Platform.Onnx.Sharing;

namespace Platform.Onnx.Workers;

/// <summary>The service's end of one channel. It outlives its worker: the next one takes it up.</summary>
internal sealed class CallerPlace(int slot, Channel channel) : IDisposable
{
    private readonly object _gate = new();
    private WorkerProcess? _worker;
    private int _number;
    private bool _inHand;

    public Channel Channel => channel;

    /// <summary>Gives the place to a worker, once the worker before is dead and nobody waits for it any more.</summary>
    public void Attach(WorkerProcess worker)
    {
        lock (_gate)
        {
            while (_inHand) Monitor.Wait(_gate);
            channel.Reset();
            worker.Open(slot, channel.Path);
            _worker = worker;
        }
    }

    /// <summary>Whether the worker has a run of this place in its hands.</summary>
    public bool IsInHand
    {
        get { lock (_gate) return _inHand; }
    }

    /// <summary>The worker is dead.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _worker = null;
            channel.Break();
        }
    }

    /// <summary>Ends the worker, if there is one.</summary>
    public void Kill(string cause, string reason)
    {
        WorkerProcess? worker;
        lock (_gate) worker = _worker;
        worker?.Kill(cause, reason);
    }

    /// <summary>Hands over the request that has been described; null where there is no worker.</summary>
    public WorkerProcess? Send()
    {
        lock (_gate)
        {
            if (_worker is null) return null;
            _inHand = true;
            _number = channel.Send();
            return _worker;
        }
    }

    /// <summary>Sleeps for a moment unless the request has been answered; true when it has been.</summary>
    /// <exception cref="ChannelBrokenException">The worker died over it.</exception>
    public bool AwaitAnswer() => channel.AwaitAnswer(_number);

    /// <summary>The request has been answered, or never will be.</summary>
    public void End()
    {
        lock (_gate)
        {
            _inHand = false;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Tells the worker to stop the run in its hands.</summary>
    public void Stop()
    {
        WorkerProcess? worker;
        int number;
        lock (_gate) (worker, number) = (_inHand ? _worker : null, _number);
        worker?.Stop(slot, number);
    }

    public void Dispose()
    {
        WorkerProcess? worker;
        lock (_gate) (worker, _worker) = (_worker, null);
        worker?.Close(slot);
        channel.Dispose();
    }
}
