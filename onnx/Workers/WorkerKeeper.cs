using Platform.Onnx.Children;
using Platform.Onnx.Sessions;
using Platform.Onnx.Sharing;

namespace Platform.Onnx.Workers;

/// <summary>Keeps a worker alive: watches it, says when it died, and starts it again after a growing pause.</summary>
internal sealed class WorkerKeeper : IDisposable
{
    // Threads, their stacks and what the program itself is made of come on top of what is measured.
    private const long Slack = 512L << 20;

    private static readonly TimeSpan MeasureInterval = TimeSpan.FromMilliseconds(500);

    private readonly string _path;
    private readonly SessionSettings _settings;
    private readonly WorkerLimits _limits;
    private readonly IWorkerWatch? _watch;
    private readonly ChannelSizes _sizes;
    private readonly CancellationTokenSource _closing = new();
    private readonly CallerPlaces _places;
    private readonly ManualResetEventSlim _running = new(true);
    private long _returnsAt;
    private WorkerProcess _worker = null!;

    private WorkerKeeper(string path, SessionSettings settings, WorkerLimits limits, IWorkerWatch? watch)
    {
        (_path, _settings, _limits, _watch) = (path, settings, limits, watch);
        _sizes = ChannelSizes.Of(settings);
        _places = new CallerPlaces(_sizes);
    }

    public WorkerModel Model { get; private set; } = null!;

    public WorkerStatus Status { get; } = new();

    public WorkerLimits Limits => _limits;

    /// <summary>Starts a worker.</summary>
    /// <exception cref="ModelLoadException">It could not load the model, or died over it.</exception>
    public static async Task<WorkerKeeper> StartAsync(
        string path, SessionSettings settings, WorkerLimits limits, IWorkerWatch? watch, CancellationToken cancellationToken)
    {
        var keeper = new WorkerKeeper(path, settings, limits, watch);
        keeper._worker = await keeper.StartWorkerAsync(cancellationToken);
        keeper.Model = keeper._worker.Model;
        keeper.Take(keeper._worker, again: false);
        _ = Task.Run(keeper.KeepAsync, CancellationToken.None);
        return keeper;
    }

    /// <summary>A place to run at, for one runner.</summary>
    public CallerPlace Rent() => _places.Rent();

    public void Return(CallerPlace place) => _places.Return(place);

    /// <summary>Returns when a run can be handed over.</summary>
    /// <exception cref="ModelWorkerException">That will not be soon.</exception>
    public void AwaitRunning()
    {
        if (_running.IsSet) return;
        var pause = TimeSpan.FromMilliseconds(Math.Max(0, Volatile.Read(ref _returnsAt) - Environment.TickCount64));
        if (pause > TimeSpan.Zero || _closing.IsCancellationRequested || !_running.Wait(_limits.StartPatience)) throw Away(pause);
    }

    /// <summary>What a run is told that its worker died over.</summary>
    public ModelWorkerException Died() => new($"The process that runs the model {Status.LastDeath?.Reason ?? "was stopped"}, with this run in its hands.");

    public void Dispose()
    {
        _closing.Cancel();
        _ = CloseAsync();
    }

    /// <summary>What a run is told that cannot begin.</summary>
    public ModelWorkerException Away() => Away(TimeSpan.Zero);

    private ModelWorkerException Away(TimeSpan pause) => new(
        $"The process that runs the model {Status.LastDeath?.Reason ?? "is not there"}; it is being started again.",
        pause > TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1));

    private async Task CloseAsync()
    {
        await _worker.DisposeAsync();
        _places.Dispose();
    }

    private Task<WorkerProcess> StartWorkerAsync(CancellationToken cancellationToken) =>
        WorkerProcess.StartAsync(_path, _settings, _sizes, new ChildLimits { MemoryBytes = _limits.MemoryBytes + Slack }, cancellationToken);

    private void Take(WorkerProcess worker, bool again)
    {
        _worker = worker;
        Status.Runs(worker.Id, again);
        _places.Attach(worker);
        _running.Set();
    }

    private async Task KeepAsync()
    {
        var pauses = new RestartPauses(_limits);
        while (true)
        {
            var started = TimeProvider.System.GetTimestamp();
            var end = await WatchAsync(_worker);
            if (_closing.IsCancellationRequested) return;
            var died = TimeProvider.System.GetTimestamp();
            Mourn(_worker.CauseOf(end), _worker.Describe(end), end.Said, pauses.Next(TimeProvider.System.GetElapsedTime(started)));
            await _worker.DisposeAsync();
            if (!await TryRestartAsync(pauses)) return;
            _watch?.Returned(TimeProvider.System.GetElapsedTime(died));
        }
    }

    /// <summary>Waits for the worker's end, and brings it about where it takes too much memory.</summary>
    private async Task<ChildEnd> WatchAsync(WorkerProcess worker)
    {
        while (await Task.WhenAny(worker.Ended, Task.Delay(MeasureInterval)) != worker.Ended)
        {
            Status.Measured(worker.MemoryBytes);
            if (Status.MemoryBytes > _limits.MemoryBytes)
                worker.Kill(WorkerDeath.Memory, FormattableString.Invariant($"needed more than {_limits.MemoryBytes >> 20} MiB of memory"));
        }

        return await worker.Ended;
    }

    private void Mourn(string cause, string reason, string said, TimeSpan pause)
    {
        Volatile.Write(ref _returnsAt, Environment.TickCount64 + (long)pause.TotalMilliseconds);
        _running.Reset();
        var death = new WorkerDeath(cause, reason, _places.CountInHand(), pause, said);
        Status.Died(death); // before any run hears of it and asks what it was
        _places.Break();
        _watch?.Died(death);
    }

    /// <summary>False when the session was closed meanwhile.</summary>
    private async Task<bool> TryRestartAsync(RestartPauses pauses)
    {
        while (true)
        {
            try
            {
                var pause = Volatile.Read(ref _returnsAt) - Environment.TickCount64;
                if (pause > 0) await Task.Delay(TimeSpan.FromMilliseconds(pause), _closing.Token);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
                patience.CancelAfter(_limits.LoadPatience);
                Take(await StartWorkerAsync(patience.Token), again: true);
                if (!_closing.IsCancellationRequested) return true;
                await _worker.DisposeAsync();
                return false;
            }
            catch (Exception exception) when (exception is ModelLoadException or OperationCanceledException or IOException)
            {
                if (_closing.IsCancellationRequested) return false;
                Mourn(WorkerDeath.Start, $"cannot be started again: {exception.Message.TrimEnd('.')}", "", pauses.Next(TimeSpan.Zero));
            }
        }
    }
}
