using Platform.Hosting.Documents;

namespace Platform.Hosting.Replicas;

/// <summary>
/// Of the replicas of a service, one keeps the state that cannot be shared; the others stand by and pass requests for it on to
/// that one (<see cref="ActiveReplicaDefaults.OnActiveReplica{T}"/>). When it goes, another takes over from what it stored.
/// </summary>
public sealed class ActiveReplica
{
    private const string TurnName = "active";

    private readonly IDocumentStore _documents;
    private readonly Func<CancellationToken, Task<string>> _findAddress;
    private volatile TaskCompletionSource _active = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A replica that others reach at what <paramref name="findAddress"/> answers; it is asked if there can be others.</summary>
    public ActiveReplica(IDocumentStore documents, Func<CancellationToken, Task<string>> findAddress)
    {
        (_documents, _findAddress) = (documents, findAddress);
        if (!documents.IsShared) _active.SetResult(); // there can be no other
    }

    /// <summary>Whether this process is the active one.</summary>
    public bool IsActive => _active.Task.IsCompleted;

    /// <summary>
    /// Each time that this process becomes the active one, runs <paramref name="work"/> until that is over. Commits of the work
    /// are guarded by its turn; work that ends by itself waits for the next turn, and work must not throw anything else than
    /// that it was cancelled.
    /// </summary>
    public async Task RunAsync(Func<Turn, CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        var address = _documents.IsShared ? await _findAddress(stoppingToken) : "";
        while (!stoppingToken.IsCancellationRequested)
        {
            await using var turn = await _documents.TakeTurnAsync(TurnName, address, stoppingToken);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, turn.Lost);
            try
            {
                _active.TrySetResult();
                await work(turn, ended.Token);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                // Stopping, or another process has the turn.
            }
            finally
            {
                if (_documents.IsShared) _active = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Completes when this process becomes the active one.</summary>
    internal Task Activation => _active.Task;

    /// <summary>The address of the active replica; null when nobody is, or it is not known how to reach it.</summary>
    internal async ValueTask<string?> FindAddressAsync(CancellationToken cancellationToken) =>
        await _documents.FindTurnHolderAsync(TurnName, cancellationToken) is { Length: > 0 } address ? address : null;
}
