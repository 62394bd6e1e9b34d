using System.ComponentModel;
using System.Diagnostics;

namespace Platform.Onnx.Children;

/// <summary>
/// A process that does something on this one's behalf which may end it: its death, whatever the cause, is a value here. It is confined
/// before it begins (<see cref="ChildLimits"/>), knows nothing of this process but what is written to it, and dies with it.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    // Starting takes a fifth of a second; a machine may be busy beyond measure.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Lock _killing = new();
    private readonly CancellationTokenSource _deadline = new();
    private ChildEndCause? _killedFor;

    private ChildProcess(Process process, ChildLimits limits)
    {
        (_process, Limits, Id) = (process, limits, process.Id);
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        Ended = WaitAsync(OwnThread.RunAsync(() => BoundedText.Read(process.StandardError.BaseStream)));
    }

    public int Id { get; }

    public ChildLimits Limits { get; }

    /// <summary>What the role reads. Throws <see cref="IOException"/> once the process is dead.</summary>
    public Stream Input { get; }

    /// <summary>What the role writes; ends with the process. To be taken for the word of a stranger, who may have got hold of it.</summary>
    public Stream Output { get; }

    /// <summary>How it ended, once it has.</summary>
    public Task<ChildEnd> Ended { get; }

    /// <summary>Starts a process for a role and waits until it is confined.</summary>
    /// <exception cref="ChildStartException">It did not come so far.</exception>
    public static async Task<ChildProcess> StartAsync<TRole>(ChildLimits limits, CancellationToken cancellationToken)
        where TRole : IChildRole, new()
    {
        var command = new ChildCommand(typeof(TRole).Assembly.Location, typeof(TRole).FullName!, Environment.ProcessId, limits);
        var child = new ChildProcess(await SpawnAsync(command), limits);
        try
        {
            await child.AwaitReadyAsync(cancellationToken);
            if (limits.Time is { } time) child.KillAfter(time);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Talks with the process on a thread of its own, as pipes block whoever reads or writes them. Cancelling it ends the process.
    /// </summary>
    /// <param name="talk">Writes to <see cref="Input"/> and reads from <see cref="Output"/>, which end with the process.</param>
    /// <param name="cancellationToken">Ends the process, and with it the talk.</param>
    public async Task<T> TalkAsync<T>(Func<ChildProcess, T> talk, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static child => ((ChildProcess)child!).Kill(), this))
        {
            try
            {
                return await OwnThread.RunAsync(() => talk(this));
            }
            catch when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
    }

    /// <summary>Ends the process; does nothing where it has ended.</summary>
    public void Kill() => Kill(ChildEndCause.Stopped);

    /// <summary>Ends the process, if it has not ended, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Ended;
        await _deadline.CancelAsync();
        _deadline.Dispose();
        _process.Dispose();
    }

    private static async Task<Process> SpawnAsync(ChildCommand command)
    {
        try
        {
            return await Spawner.StartAsync(ChildStartInfo.Of(command));
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw new ChildStartException($"A child process cannot be started: {exception.Message}", exception);
        }
    }

    private async Task AwaitReadyAsync(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(StartPatience);
        using (waiting.Token.UnsafeRegister(static child => ((ChildProcess)child!).Kill(), this))
        {
            if (await OwnThread.RunAsync(Output.ReadByte) == ChildProgram.Ready) return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        Kill();
        var end = await Ended;
        throw new ChildStartException($"A child process did not start: it {end.Describe(Limits)}. {end.Said}");
    }

    private void KillAfter(TimeSpan time)
    {
        _deadline.Token.UnsafeRegister(static child => ((ChildProcess)child!).Kill(ChildEndCause.Time), this);
        _deadline.CancelAfter(time);
    }

    private void Kill(ChildEndCause cause)
    {
        lock (_killing)
        {
            if (Ended.IsCompleted) return;
            _killedFor ??= cause;
            _process.Kill();
        }
    }

    private async Task<ChildEnd> WaitAsync(Task<string> said)
    {
        await _process.WaitForExitAsync();
        return ChildEnd.Of(_process.ExitCode, _killedFor, await said);
    }
}
