using System.Collections.Concurrent;

namespace Platform.Onnx.Workers;

/// <summary>What is known of a worker.</summary>
public sealed class WorkerStatus
{
    private readonly ConcurrentDictionary<string, long> _deaths = new(WorkerDeath.Causes.ToDictionary(cause => cause, _ => 0L));
    private long _memoryBytes;
    private long _restarts;
    private int _process;
    private WorkerDeath? _lastDeath;

    /// <summary>Whether it can be called now.</summary>
    public bool IsRunning => Process != 0;

    /// <summary>Its process id; 0 while there is none.</summary>
    public int Process => Volatile.Read(ref _process);

    /// <summary>How often it was started again.</summary>
    public long Restarts => Volatile.Read(ref _restarts);

    /// <summary>Deaths by cause, each cause of <see cref="WorkerDeath.Causes"/>.</summary>
    public IReadOnlyDictionary<string, long> Deaths => _deaths;

    /// <summary>The memory that it has for itself, as of a moment ago; 0 while there is none.</summary>
    public long MemoryBytes => Volatile.Read(ref _memoryBytes);

    /// <summary>What it died of last; null where it never did.</summary>
    public WorkerDeath? LastDeath => Volatile.Read(ref _lastDeath);

    internal void Runs(int process, bool again)
    {
        if (again) Interlocked.Increment(ref _restarts);
        Volatile.Write(ref _process, process);
    }

    internal void Died(WorkerDeath death)
    {
        Volatile.Write(ref _process, 0);
        Volatile.Write(ref _memoryBytes, 0);
        Volatile.Write(ref _lastDeath, death);
        _deaths.AddOrUpdate(death.Cause, 1, static (_, count) => count + 1);
    }

    internal void Measured(long memoryBytes) => Volatile.Write(ref _memoryBytes, memoryBytes);
}
