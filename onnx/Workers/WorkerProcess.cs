using Platform.Onnx.Children;
using Platform.Onnx.Sessions;

namespace Platform.Onnx.Workers;

/// <summary>One worker from its start to its death.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly ChildProcess _child;
    private readonly Lock _writing = new();
    private Reason? _killedFor;
    private int _disposed;

    private WorkerProcess(ChildProcess child) => _child = child;

    public int Id => _child.Id;

    public Task<ChildEnd> Ended => _child.Ended;

    /// <summary>The model as the worker has loaded it.</summary>
    public WorkerModel Model { get; private set; } = null!;

    /// <summary>Its own memory that lies in the machine's, in bytes; 0 once it is dead.</summary>
    public long MemoryBytes => ProcessMemory.Of(Id);

    /// <summary>Starts a worker and waits until it has loaded the model.</summary>
    /// <exception cref="ModelLoadException">It did not come so far.</exception>
    public static async Task<WorkerProcess> StartAsync(
        string path, SessionSettings settings, ChannelSizes sizes, ChildLimits limits, CancellationToken cancellationToken)
    {
        var process = new WorkerProcess(await StartChildAsync(limits, cancellationToken));
        try
        {
            using (cancellationToken.UnsafeRegister(static child => ((ChildProcess)child!).Kill(), process._child))
                process.Model = await Task.Run(() => process.Load(path, settings, sizes), CancellationToken.None);
            return process;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Where it has nothing more to say it is at its end, which says more than ours would.
            if (exception is InvalidDataException) process.Kill(WorkerDeath.Fault, "did not answer as a worker does");
            var end = await process.Ended;
            throw new ModelLoadException($"The process that loads the model {process.Describe(end)}.", new IOException(end.Said, exception));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public void Open(int slot, string path) => Command(WorkerCommand.Open, slot, writer => writer.Write(path));

    public void Close(int slot) => Command(WorkerCommand.Close, slot, static _ => { });

    public void Stop(int slot, int number) => Command(WorkerCommand.Stop, slot, writer => writer.Write(number));

    /// <summary>Ends the worker for a reason, in the words that follow a subject.</summary>
    public void Kill(string cause, string reason)
    {
        Interlocked.CompareExchange(ref _killedFor, new Reason(cause, reason), null);
        _child.Kill();
    }

    /// <summary>What it died of, one of <see cref="WorkerDeath.Causes"/>.</summary>
    public string CauseOf(ChildEnd end) => KilledFor(end)?.Cause ?? WorkerDeath.CauseOf(end);

    /// <summary>The same in the words that follow a subject.</summary>
    public string Describe(ChildEnd end) => KilledFor(end)?.Text ?? end.Describe(_child.Limits);

    /// <summary>Ends the worker if it lives. May be called more than once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) await _child.DisposeAsync();
    }

    private static async Task<ChildProcess> StartChildAsync(ChildLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            return await ChildProcess.StartAsync<WorkerRole>(limits, cancellationToken);
        }
        catch (ChildStartException exception)
        {
            throw new ModelLoadException(exception.Message, exception);
        }
    }

    private Reason? KilledFor(ChildEnd end) => end.Cause == ChildEndCause.Stopped ? _killedFor : null;

    private WorkerModel Load(string path, SessionSettings settings, ChannelSizes sizes)
    {
        lock (_writing) Frame.Write(_child.Input, writer => LoadMessages.Write(writer, path, settings, sizes));
        using var answer = Frame.Read(_child.Output) ?? throw new EndOfStreamException();
        return LoadMessages.ReadLoaded(answer);
    }

    private void Command(WorkerCommand command, int slot, Action<BinaryWriter> write)
    {
        try
        {
            lock (_writing)
            {
                Frame.Write(_child.Input, writer =>
                {
                    writer.Write((byte)command);
                    writer.Write(slot);
                    write(writer);
                });
            }
        }
        catch (IOException)
        {
            // It is dead, which is noticed elsewhere.
        }
    }

    private sealed record Reason(string Cause, string Text);
}
