using System.Diagnostics;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// Everything that happens, on one thread: of all that could go on, its seed says what does, and the clock goes only when nothing else can. What
/// is awaited within goes on within.
/// </summary>
internal sealed class World(Random random) : SynchronizationContext
{
    /// <summary>What waits for a thread of the pool comes soon, or never.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];

    public VirtualTime Time { get; } = new();

    public Random Random => random;

    /// <summary>Lets the world go on until <paramref name="all"/> that happens has ended.</summary>
    public void Run(Func<Task> all)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var happening = all();
            while (!happening.IsCompleted) GoOn();
            happening.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Lets others go first, for a while at most.</summary>
    public Task PauseAsync(TimeSpan atMost, CancellationToken cancellationToken = default) =>
        Task.Delay(TimeSpan.FromMilliseconds(1 + (random.NextDouble() * atMost.TotalMilliseconds)), Time, cancellationToken);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready)
        {
            _ready.Add((d, state));
            Monitor.Pulse(_ready);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    private void GoOn()
    {
        if (Take() is var (callback, state)) callback(state);
        else if (!Time.GoToNext()) WaitForPool();
    }

    private (SendOrPostCallback Callback, object? State)? Take()
    {
        lock (_ready)
        {
            if (_ready.Count == 0) return null;
            var index = random.Next(_ready.Count);
            var taken = _ready[index];
            _ready.RemoveAt(index);
            return taken;
        }
    }

    private void WaitForPool()
    {
        var waiting = Stopwatch.StartNew();
        lock (_ready)
            while (_ready.Count == 0)
                if (waiting.Elapsed > Longest || !Monitor.Wait(_ready, Longest)) throw new TimeoutException("Nothing can happen any more, and not all has ended.");
    }
}
