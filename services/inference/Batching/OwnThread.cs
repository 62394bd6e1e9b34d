namespace Platform.Inference.Batching;

/// <summary>
/// A thread for one piece of work that is begun again and again and that waits for long: the pool's threads are few, and whoever kept them
/// waiting would keep everybody waiting.
/// </summary>
internal sealed class OwnThread : IDisposable
{
    private readonly AutoResetEvent _begun = new(false);
    private readonly IThreadPoolWorkItem _work;
    private volatile bool _ended;

    public OwnThread(string name, IThreadPoolWorkItem work)
    {
        _work = work;
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Does the work once more, after what it is at.</summary>
    public void Start() => _begun.Set();

    /// <summary>Ends the thread, after what it is at.</summary>
    public void Dispose()
    {
        _ended = true;
        _begun.Set();
    }

    private void Run()
    {
        while (_begun.WaitOne() && !_ended) _work.Execute();
        _begun.Dispose();
    }
}
