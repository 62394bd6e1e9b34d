using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;

namespace Platform.Hosting.Deployments;

/// <summary>
/// Keeps a service in step with the registry: reads the snapshot at start, when an event says so, and periodically, and hands
/// it to <see cref="ReconcileAsync"/>. Events say when to look, the snapshot says what is true: a lost, late, doubled or
/// reordered event delays a change but never leaves a wrong state.
/// </summary>
public abstract partial class DeploymentReconciler(
    RegistryClient registry, IOptions<RegistryOptions> options, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    // One pending signal is enough: what it asks for is "look again".
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Completes after the first snapshot has been applied: readiness waits for it.</summary>
    public Task FirstPass => _firstPass.Task;

    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<bool>? _signal;

    /// <summary>Asks for a look at the registry soon.</summary>
    public void Signal() => _signals.Writer.TryWrite(true);

    /// <summary>Makes the service agree with <paramref name="snapshot"/>. An exception is logged and the pass repeated.</summary>
    protected abstract Task ReconcileAsync(DeploymentSnapshot snapshot, CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var passed = await TryPassAsync(stoppingToken);
            await WaitAsync(passed ? options.Value.ReconcileInterval : RetryInterval, stoppingToken);
        }
    }

    private async Task<bool> TryPassAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReconcileAsync(await registry.GetDeploymentsAsync(stoppingToken), stoppingToken);
            _firstPass.TrySetResult();
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // whatever went wrong, the next pass tries again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (_firstPass.Task.IsCompleted) PassFailed(logger, exception);
            else WaitingForRegistry(logger, exception.Message);
            return false;
        }
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken stoppingToken)
    {
        try
        {
            // The channel would keep every wait that was given up: the next pass takes it up again.
            _signal ??= _signals.Reader.WaitToReadAsync(stoppingToken).AsTask();
            await _signal.WaitAsync(atMost, time, stoppingToken);
            _signal = null;
            _signals.Reader.TryRead(out _);
        }
        catch (TimeoutException)
        {
            // Nothing was announced: look anyway.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Reconciling with the registry failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "Waiting for the registry: {Reason}")]
    private static partial void WaitingForRegistry(ILogger logger, string reason);
}
